/** Builds `dist/` once before the tests that look at the published shape, when the sources are newer. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root: string = resolve(import.meta.dirname, '../..')

function newest(path: string): number {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** What a build depends on. */
const sources = [
  'src',
  'vocab',
  'package.json',
  'tsconfig.json',
  'scripts/build',
  'tsup.config.ts',
  'package-lock.json',
]

export default function setup(): void {
  // The last file that a build writes: declarations come after the code.
  const built = join(root, 'dist/index.d.ts')
  const builtAt = existsSync(built) ? statSync(built).mtimeMs : 0
  if (Math.max(...sources.map((source) => newest(join(root, source)))) < builtAt) return
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' })
}
