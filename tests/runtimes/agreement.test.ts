import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from '../package/build.ts'
import type { Report } from './check.ts'
import { chromium, installRuntimes, programOf } from './runtimes.ts'

// Not imported: the test runner's JSON reader refuses lone surrogates, which some texts have.
const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors.json'), 'utf8')) as { texts: string[] }

const folder = mkdtempSync(join(tmpdir(), 'tokenfare-runtimes-'))
/** Marks the report among whatever else a runtime prints. */
const MARK = 'tokenfare-report:'

/** Bundles the check into the folder; runs against what the build made, by the package's own name. */
async function bundle(name: string, wrapper: string, format: 'esm' | 'iife'): Promise<string> {
  const file = join(folder, name)
  await build({
    stdin: { contents: wrapper, resolveDir: join(root, 'tests/runtimes'), loader: 'ts' },
    bundle: true,
    format,
    platform: 'neutral',
    target: 'es2022',
    outfile: file,
    logLevel: 'silent',
  })
  return file
}

function report(command: string, args: readonly string[]): Report {
  const run = spawnSync(command, args, { encoding: 'utf8', cwd: folder, timeout: 100_000, maxBuffer: 2 ** 26 })
  const text = run.stdout.split(MARK)[1]?.split(MARK)[0]
  if (text === undefined)
    throw new Error(`${command} gave no report: ${run.error ?? run.status}\n${run.stdout}\n${run.stderr}`)
  return JSON.parse(decodeURIComponent(text)) as Report
}

const printing = `import { check } from './check.ts'
console.log('${MARK}' + encodeURIComponent(JSON.stringify(check())) + '${MARK}')`

/** For workerd: \`workerd test\` runs this handler and takes what it logs. */
const worker = `import { check } from './check.ts'
export default { test() { console.log('${MARK}' + encodeURIComponent(JSON.stringify(check())) + '${MARK}') } }`

const page = `import { check } from './check.ts'
document.body.textContent = '${MARK}' + encodeURIComponent(JSON.stringify(check())) + '${MARK}'`

/** Row 32 of the faults: its service for the internet allows no address. */
const workerConfig = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "internet", network = (allow = [])), (name = "main", worker = (
  modules = [(name = "worker", esModule = embed "worker.mjs")], compatibilityDate = "2026-11-01"))]);`

/** Without a way out to the network, and with a profile of its own. */
const browserFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--virtual-time-budget=60000',
]

let program: string
let here: Report
let unavailable: unknown
beforeAll(async () => {
  program = await bundle('program.mjs', printing, 'esm')
  here = report(process.execPath, [program])
  try {
    installRuntimes()
  } catch (error) {
    unavailable = error
  }
})

/** On a developer's machine a runtime that cannot be had is skipped, loudly; in CI it is a failure. */
function need(skip: (note: string) => void, get: () => void): void {
  try {
    get()
  } catch (error) {
    if (process.env['CI'] !== undefined && process.env['CI'] !== '') throw error
    skip(`not available here: ${String(error)}`)
  }
}

function expectAgreement(there: Report): void {
  expect(there.wrong).toEqual([])
  expect(there.compared).toBe(vectors.texts.length * 7)
  expect(there.estimate).toBe(here.estimate)
}

describe('counts and estimates agree', () => {
  it(`on this Node (${process.version})`, () => {
    expectAgreement(here)
  })

  it.for<[string, string, string[]]>([
    ['Node 22', programOf('node22', 'bin/node'), ['program.mjs']],
    ['Node 24', programOf('node24', 'bin/node'), ['program.mjs']],
    ['Node 26', programOf('node26', 'bin/node'), ['program.mjs']],
    [
      'Node 26 without code generation',
      programOf('node26', 'bin/node'),
      ['--disallow-code-generation-from-strings', 'program.mjs'],
    ],
    [
      'Deno',
      programOf('@deno/linux-x64-glibc', 'deno'),
      ['run', '--no-remote', '--no-npm', '--no-prompt', 'program.mjs'],
    ],
    ['Bun', programOf('@oven/bun-linux-x64-baseline', 'bin/bun'), ['program.mjs']],
  ])('on %s', ([, command, args], { skip }) => {
    need(skip, installed)
    expectAgreement(report(command, args))
  })

  it('on workerd', async ({ skip }) => {
    need(skip, installed)
    await bundle('worker.mjs', worker, 'esm')
    writeFileSync(join(folder, 'config.capnp'), workerConfig)
    expectAgreement(report(programOf('@cloudflare/workerd-linux-64', 'bin/workerd'), ['test', 'config.capnp']))
  })

  it('on Chromium', { timeout: 600_000 }, async ({ skip }) => {
    let browser = ''
    need(skip, () => {
      browser = chromium()
    })
    await bundle('page.js', page, 'iife')
    writeFileSync(
      join(folder, 'page.html'),
      '<!doctype html><meta charset="utf-8"><body><script src="page.js"></script>',
    )
    const profile = `--user-data-dir=${mkdtempSync(join(tmpdir(), 'tokenfare-chromium-'))}`
    expectAgreement(report(browser, [...browserFlags, profile, '--dump-dom', `file://${join(folder, 'page.html')}`]))
  })
})

function installed(): void {
  if (unavailable !== undefined) throw unavailable
}
