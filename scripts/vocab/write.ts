import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const folder = new URL('../../vocab/', import.meta.url)

/** What vocab/manifest.json says of one packed vocabulary. */
export interface ManifestEntry {
  /** Package and exact version the data was taken from. */
  readonly source: string
  /** File inside that package. */
  readonly file: string
  readonly licence: string
  /** Digest of the source data in its published form. */
  readonly sourceSha256: string
  /** Digest of the packed file in `vocab/`. */
  readonly packSha256: string
  /** Number of tokens, special ones not counted. */
  readonly tokens: number
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

export function writeVocabulary(name: string, packed: string): void {
  writeFileSync(new URL(`${name}.vocab.txt`, folder), packed)
}

/** Replaces one entry of the manifest, keeping its names sorted so that a rebuild is the same byte for byte. */
export function updateManifest(name: string, entry: ManifestEntry): void {
  const file = new URL('manifest.json', folder)
  const manifest = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, ManifestEntry>) : {}
  manifest[name] = entry
  const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`)
}
