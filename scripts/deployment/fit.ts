/** Writes `src/deployment/efficiency.gen.ts` from `pricing/measurements.json`: `npm run deployment:fit`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDeploymentData, readMeasurements, root } from './files.ts'
import { fitEfficiency } from './fitting.ts'
import { caseOf } from './predict.ts'

const { gpus, architectures } = readDeploymentData()
const cases = readMeasurements().measurements.map((measurement) => caseOf(measurement, gpus, architectures))
const text = [
  '// npm run deployment:fit',
  "import type { Efficiency } from './efficiency.ts'",
  "import type { Engine } from './types.ts'",
  '',
  `/** Fitted on the ${cases.length} measurements of pricing/measurements.json. */`,
  `export const fittedEfficiency: Readonly<Record<Engine, Efficiency>> = ${JSON.stringify(fitEfficiency(cases), null, 2)}`,
  '',
]
writeFileSync(join(root, 'src/deployment/efficiency.gen.ts'), text.join('\n'))
