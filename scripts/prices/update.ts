/** Rebuilds `pricing/providers/` from the pinned catalogues and the overrides: `npm run prices:update`. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { FileModel, PriceFile } from '../../src/pricing/file.ts'
import { formatFile } from './format.ts'
import { writeGenerated } from './generate.ts'
import { mergeRows } from './merge.ts'
import { withModifiers } from './modifiers.ts'
import type { OverrideFile } from './overrides.ts'
import { readAisdk } from './read-aisdk.ts'
import { readGenai } from './read-genai.ts'
import { readPi } from './read-pi.ts'
import type { SourceKey } from './rows.ts'
import { sellerInfos } from './sellers.ts'
import { pinnedSources, unpackedFolder } from './sources.ts'

const root = resolve(import.meta.dirname, '../..')
const overridesFolder = join(root, 'pricing/overrides')
const providersFolder = join(root, 'pricing/providers')

function readFolder<T>(folder: string): T[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T)
}

const folders = new Map(pinnedSources.map((source) => [source.key, unpackedFolder(source)]))
const rows = [
  ...readPi(folders.get('pi') as string),
  ...(await readGenai(folders.get('genai') as string)),
  ...(await readAisdk(folders.get('aisdk') as string)),
]
const checkedOf = Object.fromEntries(pinnedSources.map(({ key, checked }) => [key, checked])) as Record<
  SourceKey,
  string
>
const overrides = readFolder<OverrideFile>(overridesFolder)
const { asOf } = JSON.parse(readFileSync(join(root, 'pricing/version.json'), 'utf8')) as { asOf: string }
const { models: merged, remarks } = mergeRows({ rows, overrides, checkedOf, asOf })
const models = withModifiers(merged, asOf)

const sourceTexts = Object.fromEntries(pinnedSources.map(({ key, name, version }) => [key, `npm ${name}@${version}`]))
rmSync(providersFolder, { recursive: true, force: true })
mkdirSync(providersFolder, { recursive: true })
for (const { seller, name, kind } of sellerInfos) {
  const own = [...(models.get(seller)?.values() ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1))
  if (own.length === 0) continue
  const used = new Set(own.flatMap((model: FileModel) => model.periods.map((period) => period.source)))
  const extra = overrides.find((file) => file.seller === seller)?.sources ?? {}
  const sources = Object.fromEntries(Object.entries({ ...sourceTexts, ...extra }).filter(([key]) => used.has(key)))
  const file: PriceFile = {
    $schema: '../schema/provider.schema.json',
    seller,
    name,
    kind,
    currency: 'USD',
    sources,
    models: own,
  }
  writeFileSync(join(providersFolder, `${seller}.json`), formatFile(file))
}
for (const seller of models.keys()) {
  if (!sellerInfos.some((info) => info.seller === seller)) throw new Error(`scripts/prices/sellers.ts lacks ${seller}`)
}
writeFileSync(
  join(root, 'pricing/review.md'),
  [
    '# Review of the last import',
    '',
    ...remarks.map((r) => `- ${r.kind} \`${r.seller}/${r.model}\`: ${r.text}`),
    '',
  ].join('\n'),
)
writeGenerated()
