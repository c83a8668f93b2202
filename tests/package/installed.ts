/** The package as a user gets it: packed, and installed into an empty folder. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './build.ts'

export interface Installed {
  /** A folder whose only dependency is the package. */
  readonly folder: string
  /** Where the package lies in it. */
  readonly packageFolder: string
  /** Files of the tarball. */
  readonly files: readonly string[]
}

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly scripts: Readonly<Record<string, string>>
}

export const manifest: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Import names of all subpaths. */
export const subpaths: readonly string[] = Object.keys(manifest.exports).map((path) =>
  path.replace(/^\./, manifest.name),
)

let installed: Installed | undefined

export function install(): Installed {
  if (installed !== undefined) return installed
  const folder = mkdtempSync(join(tmpdir(), 'tokenfare-installed-'))
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const report: unknown = JSON.parse(packed)
  const [{ filename, files }] = (Array.isArray(report) ? report : Object.values(report as object)) as [
    { filename: string; files: { path: string }[] },
  ]
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  execFileSync('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', `./${filename}`], {
    cwd: folder,
    stdio: 'ignore',
  })
  installed = {
    folder,
    packageFolder: join(folder, 'node_modules', manifest.name),
    files: files.map((file) => file.path),
  }
  return installed
}

/** Runs a program in the folder and returns what it prints. */
export function runNode(folder: string, name: string, program: string, flags: readonly string[] = []): string {
  writeFileSync(join(folder, name), program)
  // Certificates that a machine names of its own would triple the time that Node takes to start.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env
  return execFileSync(process.execPath, [...flags, name], { cwd: folder, encoding: 'utf8', env })
}
