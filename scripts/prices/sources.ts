/** The catalogues that the table is built from: pinned npm tarballs, checked against their integrity hash. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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

/** A bare name would let npm on an older Node pick an older release, so every version is exact. */
export const pinnedSources: readonly PinnedSource[] = [
  {
    key: 'pi',
    name: '@earendil-works/pi-ai',
    version: '1.5.2',
    integrity: 'sha512-2tWPSnV3qzfiDIY3aWluBag3vC++Vs+VsXt/UquSU5onPMohPih72FUhIhaqmDdMYubOgB3Byl9uF4Vk40JLvQ==',
    checked: '2026-11-10',
    licence: 'MIT',
  },
  {
    key: 'genai',
    name: '@pydantic/genai-prices',
    version: '0.1.8',
    integrity: 'sha512-h7CYw6qTyflG2zUndO8tXyL8Xopf+tX9JZu13h0ZFgeyYj+J2gm1edR4+R+mbQ2vPdkFjtTmmmu1cYQPM5/KTA==',
    checked: '2026-09-23',
    licence: 'MIT',
  },
  {
    key: 'aisdk',
    name: 'ai-sdk-cost-calculator',
    version: '7.1.14',
    integrity: 'sha512-T6pa48/KOE+wCqLqFnFT4peR0P7WgLYyn+MXdwIN6g7NfPSMeXOkyc+sfVqAIAfxDJbBZ/o02tywXDDIYhQQhA==',
    checked: '2026-09-23',
    licence: 'MIT',
  },
]

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
