/** Writes `src/pricing/table.gen.ts` from `pricing/providers/*.json`: `npm run prices:generate`. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { PriceFile } from '../../src/pricing/file.ts'
import { ROW_MARK } from '../../src/pricing/packed-rows.ts'
import type { OverrideFile } from './overrides.ts'
import { packSeller, plainParts } from './pack.ts'

const root = resolve(import.meta.dirname, '../..')

/** By slug, so that `minimax` stands before `minimax-cn`: where two sellers have an id, the first one is meant by it alone. */
function readFolder<T extends { readonly seller: string }>(name: string): T[] {
  const folder = join(root, 'pricing', name)
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => parsed<T>(`pricing/${name}/${file}`, readFileSync(join(folder, file), 'utf8')))
    .sort((a, b) => (a.seller < b.seller ? -1 : 1))
}

/** @throws SyntaxError that names the file. */
function parsed<T>(path: string, text: string): T {
  try {
    return JSON.parse(text) as T
  } catch (error) {
    throw new SyntaxError(`${path} is no JSON: ${(error as Error).message}`, { cause: error })
  }
}

/** All price files of the repository, by slug. */
export const readPriceFiles = (): PriceFile[] => readFolder('providers')

/** All override files of the repository, by slug. */
export const readOverrides = (): OverrideFile[] => readFolder('overrides')

const constantName = (seller: string): string => seller.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())

/** A packed seller, which has no double quotes, as a string literal. */
function literal(packed: string): string {
  return `"${packed.replaceAll('\\', '\\\\')}"`
}

/** The text of the generated module. */
export function generateTable(files: readonly PriceFile[], version: { version: string; asOf: string }): string {
  const sellers = files.map((file) => ({ file, name: constantName(file.seller), packed: packSeller(file) }))
  const sha256 = createHash('sha256')
    .update(files.map((file) => plainParts(file).join(ROW_MARK)).join('\n'))
    .digest('hex')
  const constants = sellers.map(
    ({ file, name, packed }) =>
      `export const ${name}: PackedSellerSource = {\n  seller: '${file.seller}',\n  kind: '${file.kind ?? 'host'}',\n  packed: ${literal(packed)},\n}\n`,
  )
  return [
    '// npm run prices:generate',
    "import type { SellerKind, TableStamp } from './types.ts'",
    '',
    '/** One seller in packed form; `unpackSeller` reads it. */',
    'export interface PackedSellerSource {\n  readonly seller: string\n  readonly kind: SellerKind\n  readonly packed: string\n}',
    '',
    `export const tableStamp: TableStamp = {\n  version: '${version.version}',\n  asOf: '${version.asOf}',\n  sha256: '${sha256}',\n}`,
    '',
    ...constants,
    `export const packedSellers: readonly PackedSellerSource[] = [\n${sellers.map(({ name }) => `  ${name},`).join('\n')}\n]`,
    '',
  ].join('\n')
}

/** The generated module of the files in the repository. */
export function generatedModule(): string {
  const version = JSON.parse(readFileSync(join(root, 'pricing/version.json'), 'utf8')) as {
    version: string
    asOf: string
  }
  return generateTable(readPriceFiles(), version)
}

/** The ids for autocompletion: bare ids of makers, and `seller/id` except at marketplaces, which repeat others' models. */
export function generatedIds(files: readonly PriceFile[] = readPriceFiles()): string {
  const ids = files
    .filter((file) => file.kind !== 'marketplace')
    .flatMap((file) =>
      file.models.flatMap(({ id }) =>
        file.kind === 'maker' ? [id, `${file.seller}/${id}`] : [`${file.seller}/${id}`],
      ),
    )
  const lines = [...new Set(ids)].sort().map((id) => `  | ${JSON.stringify(id)}`)
  return [
    '// npm run prices:generate',
    '/** Ids of the built-in table, for autocompletion. */',
    `export type KnownModelId =\n${lines.join('\n')}`,
    '/** A model id: any string is accepted, known ones are suggested. */',
    'export type ModelId = KnownModelId | (string & {})',
    '',
  ].join('\n')
}

/** Writes both generated modules. */
export function writeGenerated(): void {
  writeFileSync(join(root, 'src/pricing/table.gen.ts'), generatedModule())
  writeFileSync(join(root, 'src/pricing/ids.gen.ts'), generatedIds())
}

if (process.argv[1] === import.meta.filename) writeGenerated()
