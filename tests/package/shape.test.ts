import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from './build.ts'
import { type Installed, install, manifest, runNode, subpaths } from './installed.ts'

let installed: Installed
beforeAll(() => {
  installed = install()
})

/** Loads every subpath and prints the names that each exports. */
const importAll = `
const names = {}
for (const path of ${JSON.stringify(subpaths)}) {
  const module = path.endsWith('.json') ? { default: (await import(path, { with: { type: 'json' } })).default } : await import(path)
  names[path] = Object.keys(module).sort()
}
console.log(JSON.stringify(names))
`
const requireAll = `
const names = {}
for (const path of ${JSON.stringify(subpaths)}) {
  const module = require(path)
  names[path] = path.endsWith('.json') ? ['default'] : Object.keys(module).sort()
}
console.log(JSON.stringify(names))
`

describe('the installed package', () => {
  it('gives the same names to import and to require, from every subpath', () => {
    const imported = JSON.parse(runNode(installed.folder, 'import-all.mjs', importAll)) as Record<string, string[]>
    const required = JSON.parse(runNode(installed.folder, 'require-all.cjs', requireAll)) as Record<string, string[]>
    expect(Object.keys(imported)).toEqual(subpaths)
    for (const path of subpaths) {
      expect(imported[path], path).not.toEqual([])
      // Node adds this key for tools when a module with a default export is required.
      expect(
        required[path].filter((name) => name !== '__esModule'),
        path,
      ).toEqual(imported[path])
    }
  })

  it('opens nothing but what it lists', () => {
    const program = `
      const tries = await Promise.allSettled(['tokenfare/dist/index.js', 'tokenfare/src/index.ts', 'tokenfare/encodings'].map((path) => import(path)))
      console.log(tries.map((attempt) => attempt.reason?.code ?? 'opened').join())`
    expect(runNode(installed.folder, 'closed.mjs', program).trim()).toBe(
      Array(3).fill('ERR_PACKAGE_PATH_NOT_EXPORTED').join(),
    )
  })

  it('holds the files that its exports name, shared chunks and the documents, and nothing else', () => {
    const named = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? target : [target.types, target.default],
    )
    const expected = new Set([
      ...named.map((file) => file.replace(/^\.\//, '')),
      'dist/cli.js',
      'dist/parallel-worker.js',
      'CHANGELOG.md',
      'LICENSE',
      'NOTICE',
      'README.md',
    ])
    const chunk = /^dist\/[\w.-]+-[\w-]{8}\.(?:js|d\.ts)$/
    expect(installed.files.filter((file) => !expected.has(file) && !chunk.test(file))).toEqual([])
    expect([...expected].filter((file) => !installed.files.includes(file))).toEqual([])
    expect(installed.files.length).toBeLessThanOrEqual(90)
  })

  it('depends on nothing and runs nothing at install', () => {
    expect(manifest.dependencies).toBeUndefined()
    for (const hook of ['preinstall', 'install', 'postinstall', 'prepare'])
      expect(manifest.scripts[hook]).toBeUndefined()
  })

  it('runs its command', () => {
    const cli = join(installed.folder, 'node_modules/.bin/tokenfare')
    expect(execFileSync(cli, ['--version'], { encoding: 'utf8' })).toBe(`${manifest.version}\n`)
  })
})

describe('the built code', () => {
  const dist = join(root, 'dist')
  /** Files that are for Node alone: the command line and worker threads. */
  const forNode = ['cli.js', 'parallel.js', 'parallel-worker.js']
  const library = (): string[] =>
    readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.js') && !forNode.includes(file),
    )

  it.each([
    ['Node modules', /from\s*["']node:|import\s*\(\s*["']node:|\brequire\s*\(/],
    ['code generation', /\beval\s*\(|\bnew Function\b|\bFunction\s*\(/],
    ['WebAssembly', /\bWebAssembly\b/],
    // A `fetch` that the caller passes in is the caller's.
    // A `fetch` that a caller passes in is a member of the options.
    ['the network', /(?<![.\w$])fetch\s*\(|\bglobalThis\.fetch\b|\bXMLHttpRequest\b|\bWebSocket\b/],
    ['the environment', /\bprocess\.env\b|\bchild_process\b/],
    ['the console', /\bconsole\.\w+\(/],
  ])('has no %s outside of what is for Node', (_, pattern) => {
    const files = library()
    expect(files.length).toBeGreaterThan(Object.keys(manifest.exports).length - forNode.length)
    expect(files.filter((file) => pattern.test(codeOf(readFileSync(join(dist, file), 'utf8'))))).toEqual([])
  })

  /** The files of `dist/` that an import of one loads at once. */
  const loadedBy = (file: string): Set<string> => {
    const loaded = new Set([file])
    // A set hands on what is added while it is walked.
    for (const at of loaded) {
      const text = readFileSync(join(dist, at), 'utf8')
      for (const [, name] of text.matchAll(/^(?:import|export)\b[^;\n]*?["']\.\/([\w.-]+\.js)["']/gm)) loaded.add(name)
    }
    return loaded
  }

  it('loads few files for the root, and for a part none that it must not have', () => {
    const parts = (file: string): string[] =>
      [...loadedBy(file)].map((name) => name.replace(/-[\w-]{8}\.js$/, '')).sort()
    expect(parts('index.js')).toEqual(['base', 'index.js', 'prices'])
    expect(parts('heuristic.js')).toEqual(['heuristic.js'])
    expect(parts('sellers.js')).toEqual(['base', 'prices', 'sellers.js'])
    expect(parts('pricing.js')).toEqual(['base', 'prices', 'pricing.js'])
    for (const file of ['tokenizer.js', 'deployment.js', 'parallel.js']) {
      expect(parts(file)).toContain('base')
      expect(parts(file)).not.toContain('prices')
    }
  })

  it('is ASCII, which engines hold in one byte per character', () => {
    const files = library().filter((file) => /[^\0-\x7f]/.test(readFileSync(join(dist, file), 'utf8')))
    expect(files).toEqual([])
  })

  it('is the same when it is built again', () => {
    const again = mkdtempSync(join(tmpdir(), 'tokenfare-again-'))
    execFileSync('npm', ['run', '--silent', 'build:code', '--', again], { cwd: root, stdio: 'ignore' })
    const digests = (folder: string): [string, string][] =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.js'))
        .sort()
        .map((file) => [
          file,
          createHash('sha256')
            .update(readFileSync(join(folder, file)))
            .digest('hex'),
        ])
    expect(digests(again)).toEqual(digests(dist))
  })
})

/** Code without its long data strings and its comments, which may name what the code must not use. */
function codeOf(text: string): string {
  return text
    .replace(/^var \w+ = (?:"|').{5000,}$/gm, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
}
