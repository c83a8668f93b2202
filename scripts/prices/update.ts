/**
 * Rebuilds `pricing/providers/` from the pinned catalogues and the overrides: `npm run prices:update`. With `-- --latest` it first
 * pins the newest version of each catalogue in `sources.json`, and dates the table anew, for review.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { FileModel, PriceFile } from '../../src/pricing/file.ts'
import { validatePriceFile } from '../../src/pricing/validate.ts'
import { accept } from './accept.ts'
import { withLaterPeriods } from './carry.ts'
import { formatFile } from './format.ts'
import { siblingRates } from './gates.ts'
import { readOverrides, readPriceFiles, writeGenerated } from './generate.ts'
import { mergeRows, type Remark } from './merge.ts'
import { withModalities } from './modalities.ts'
import { withModifiers } from './modifiers.ts'
import { checkReasons, isConfirmed, isSet, type OverrideFile } from './overrides.ts'
import { readAisdk } from './read-aisdk.ts'
import { readGenai } from './read-genai.ts'
import { readPi } from './read-pi.ts'
import { reviewText } from './review.ts'
import type { SourceKey, SourceRow } from './rows.ts'
import { sellerInfos } from './sellers.ts'
import { latestPins, npmView, pinnedSources, unpackedFolder, writePins } from './sources.ts'
import { allowancesOf, feesOf, type ToolFile, withToolFees } from './tools.ts'
import { withTwins } from './twins.ts'

const pricing = resolve(import.meta.dirname, '../../pricing')
const providersFolder = join(pricing, 'providers')

const pins = process.argv.includes('--latest') ? repinned() : pinnedSources()

/** Newest versions written to `sources.json`; with a change, the table gets today's version and the newest day of the catalogues. */
function repinned(): ReturnType<typeof pinnedSources> {
  const before = pinnedSources()
  const latest = latestPins(before, npmView)
  const changed = latest.filter((pin, index) => pin !== before[index])
  if (changed.length === 0) return before
  writePins(latest)
  const version = new Date().toISOString().slice(0, 10).replaceAll('-', '.')
  const asOf = latest
    .map(({ checked }) => checked)
    .sort()
    .at(-1)
  writeFileSync(join(pricing, 'version.json'), `${JSON.stringify({ version, asOf })}\n`)
  for (const { name, version: to } of changed) process.stdout.write(`${name} → ${to}\n`)
  return latest
}

async function readSources(): Promise<SourceRow[]> {
  const folders = new Map(pins.map((source) => [source.key, unpackedFolder(source)]))
  return [
    ...readPi(folders.get('pi') as string),
    ...(await readGenai(folders.get('genai') as string)),
    ...(await readAisdk(folders.get('aisdk') as string)),
  ]
}

/** The sellers' files as the sources and overrides give them, before gates. */
function freshFiles(
  rows: readonly SourceRow[],
  overrides: readonly OverrideFile[],
  asOf: string,
  remarks: Remark[],
): PriceFile[] {
  const checkedOf = Object.fromEntries(pins.map(({ key, checked }) => [key, checked])) as Record<SourceKey, string>
  const merged = mergeRows({ rows, overrides, checkedOf, asOf })
  remarks.push(...merged.remarks)
  const tooled = [...withTwins(merged.models, asOf)].map(
    ([seller, own]) => [seller, withToolFees(tools, seller, own, asOf, remarks)] as const,
  )
  const models = withLaterPeriods(withModifiers(withModalities(new Map(tooled)), asOf), asOf)
  for (const seller of models.keys()) {
    if (!sellerInfos.some((info) => info.seller === seller))
      throw new Error(
        `pricing/overrides names the seller ${seller}: add it to sellerInfos in scripts/prices/sellers.ts, with its name and kind`,
      )
  }
  const sourceTexts = Object.fromEntries(pins.map(({ key, name, version }) => [key, `npm ${name}@${version}`]))
  return sellerInfos.flatMap(({ seller, name, kind }) => {
    const own = [...(models.get(seller)?.values() ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1))
    // One that is in no catalogue any more goes through the gates, too.
    if (own.length === 0 && !before.has(seller)) return []
    const granted = allowancesOf(tools, own)
    const sources = { ...sourceTexts, ...overrides.find((file) => file.seller === seller)?.sources, ...granted.sources }
    const head = { $schema: '../schema/provider.schema.json', seller, name, kind, currency: 'USD', sources }
    return [{ ...head, ...(granted.allowances ? { allowances: granted.allowances } : {}), models: own }]
  })
}

/** Only the sources that rows refer to. */
function withUsedSources(file: PriceFile): PriceFile {
  const used = new Set([
    ...file.models.flatMap((model) => model.periods.map(({ source }) => source)),
    ...Object.values(file.allowances ?? {}).map(({ source }) => source),
  ])
  return { ...file, sources: Object.fromEntries(Object.entries(file.sources ?? {}).filter(([key]) => used.has(key))) }
}

const { asOf, version } = JSON.parse(readFileSync(join(pricing, 'version.json'), 'utf8')) as {
  asOf: string
  version: string
}
const overrides = readOverrides()
checkReasons(overrides)
const tools = JSON.parse(readFileSync(join(pricing, 'tools.json'), 'utf8')) as ToolFile
const before = new Map((existsSync(providersFolder) ? readPriceFiles() : []).map((file) => [file.seller, file]))
const remarks: Remark[] = []
const fresh = freshFiles(await readSources(), overrides, asOf, remarks)
const siblings = siblingRates(fresh, asOf)
const accepted = fresh.map((file) => {
  const own = overrides.find(({ seller }) => seller === file.seller)?.models ?? []
  const confirmed = new Set(own.filter(isConfirmed).map(({ id }) => id))
  const set = new Set(own.filter(isSet).map(({ id }) => id))
  const explained = (model: FileModel) => new Set(feesOf(tools, file.seller, model).map(({ rate }) => rate))
  const result = accept(file, { day: asOf, before: before.get(file.seller), siblings, confirmed, set, explained })
  remarks.push(...result.remarks)
  return withUsedSources(result.file)
})
for (const file of accepted) validatePriceFile(file)
const isUnchanged =
  before.size === accepted.length &&
  accepted.every((file) => {
    const path = join(providersFolder, `${file.seller}.json`)
    return existsSync(path) && readFileSync(path, 'utf8') === formatFile(file)
  })
rmSync(providersFolder, { recursive: true, force: true })
mkdirSync(providersFolder, { recursive: true })
for (const file of accepted) writeFileSync(join(providersFolder, `${file.seller}.json`), formatFile(file))
// An update that changes nothing leaves the review of the last one that did.
if (!isUnchanged) writeFileSync(join(pricing, 'review.md'), reviewText(version, remarks))
writeGenerated()
