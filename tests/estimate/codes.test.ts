import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const sources = ['src/estimate/types.ts', 'src/counting/types.ts', 'src/pricing/types.ts']

/** Members of the unions of codes: types have no values at run time, so the source is read. */
function codesOf(source: string): string[] {
  const text = readFileSync(join(root, source), 'utf8')
  const unions = [
    ...text.matchAll(/type (?:Estimate(?:Assumption|Warning)|AssumptionCode|CountWarningCode) =([\s\S]*?)\n\n/g),
    ...text.matchAll(/interface Notice \{\s*readonly code:([\s\S]*?)readonly/g),
  ]
  return unions.flatMap(([, members]) => [...members.matchAll(/'([a-z-]+)'/g)].map((match) => match[1]))
}

it('documents every code of an assumption or a warning, and no other', () => {
  const documented = [...readFileSync(join(root, 'docs/estimates.md'), 'utf8').matchAll(/^\| `([a-z-]+)` \|/gm)].map(
    (row) => row[1],
  )
  const defined = sources.map(codesOf)
  for (const codes of defined) expect(codes.length).toBeGreaterThan(3)
  expect(documented.toSorted()).toEqual(defined.flat().toSorted())
})
