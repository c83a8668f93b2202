/** The catalogues that the table is built from: pinned npm tarballs, checked against their integrity hash. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export interface PinnedSource {
  /** Key of the source in price files. */
  readonly key: 'pi' | 'genai' | 'aisdk'
  readonly name: string
  readonly version: string
  readonly integrity: string
  /** The day up to which the catalogue's content is known to be fresh. */
  readonly checked: string
  readonly licence: string
}

const pinsFile = resolve(import.meta.dirname, 'sources.json')

/** The pins of `sources.json`. A bare name would let npm on an older Node pick an older release, so every version is exact. */
export function pinnedSources(): PinnedSource[] {
  return JSON.parse(readFileSync(pinsFile, 'utf8')) as PinnedSource[]
}

/** What the registry says of a package: its newest version by tag, with the hash and the day of that version. */
export type RegistryView = (name: string) => {
  readonly version: string
  readonly integrity: string
  readonly day: string
}

/** The pins with newer versions where there are some. Only what the registry tags as latest is taken, by its exact number. */
export function latestPins(pins: readonly PinnedSource[], view: RegistryView): PinnedSource[] {
  return pins.map((pin) => {
    const { version, integrity, day } = view(pin.name)
    if (version === pin.version) {
      if (integrity !== pin.integrity) throw new Error(`${pin.name}@${version} changed its bytes: ${integrity}`)
      return pin
    }
    if (!/^\d+\.\d+\.\d+$/.test(version) || !/^sha512-[\w+/]{86}==$/.test(integrity)) {
      throw new Error(`${pin.name} has no plain version with a sha512: ${version} ${integrity}`)
    }
    return { ...pin, version, integrity, checked: day }
  })
}

export function writePins(pins: readonly PinnedSource[]): void {
  writeFileSync(pinsFile, `${JSON.stringify(pins, null, 2)}\n`)
}

/** Asks the registry through npm. */
export function npmView(name: string): ReturnType<RegistryView> {
  const ask = (spec: string, field: string): unknown =>
    JSON.parse(
      execFileSync('npm', ['view', '--json', spec, field], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    )
  const version = (ask(name, 'dist-tags') as Record<string, string>)['latest'] as string
  const integrity = ask(`${name}@${version}`, 'dist.integrity') as string
  const times = ask(name, 'time') as Record<string, string>
  return { version, integrity, day: (times[version] as string).slice(0, 10) }
}

/** Outside the repository, so that nothing fetched can be committed. */
const cacheFolder = process.env['TOKENFARE_PRICE_CACHE'] ?? join(tmpdir(), 'tokenfare-price-sources')

/** Fetches a tarball unless it is cached, checks its hash, unpacks it, and returns the folder. Nothing in it is run by npm. */
export function unpackedFolder(source: PinnedSource): string {
  mkdirSync(cacheFolder, { recursive: true })
  const slug = `${source.name.replace('@', '').replace('/', '-')}-${source.version}`
  const tarball = join(cacheFolder, `${slug}.tgz`)
  if (!existsSync(tarball)) {
    const spec = `${source.name}@${source.version}`
    execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', cacheFolder, spec])
  }
  checkIntegrity(readFileSync(tarball), source)
  const folder = join(cacheFolder, slug)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1', '--no-same-owner'])
  return folder
}

/** @throws Error when the bytes are not those that were pinned. */
export function checkIntegrity(bytes: Uint8Array, source: Pick<PinnedSource, 'name' | 'version' | 'integrity'>): void {
  const found = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
  if (found !== source.integrity) {
    throw new Error(`${source.name}@${source.version} has integrity ${found}, expected ${source.integrity}`)
  }
}
