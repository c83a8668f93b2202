/** Writes `src/deployment/data.gen.ts` from `pricing/*.json`: `npm run deployment:generate`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDeploymentData, root } from './files.ts'

const types: Readonly<Record<string, string>> = {
  gpus: 'Gpu',
  sellers: 'RentalSeller',
  rentals: 'Rental',
  plans: 'Plan',
  trainingRates: 'TrainingRate',
  architectures: 'Architecture',
}

/** The text of the generated module: one constant per list, so that a bundler keeps what is used. */
function generatedData(): string {
  const lists = Object.entries(readDeploymentData()).map(
    ([name, rows]) =>
      `export const ${name}Data: readonly ${types[name]}[] = [\n${(rows as object[]).map((row) => `  ${JSON.stringify(row)},`).join('\n')}\n]\n`,
  )
  return [
    '// npm run deployment:generate',
    `import type { ${Object.values(types).sort().join(', ')} } from './types.ts'`,
    '',
    ...lists,
  ].join('\n')
}

writeFileSync(join(root, 'src/deployment/data.gen.ts'), generatedData())
