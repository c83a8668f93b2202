import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testClock, testTable } from '../estimate/table.ts'
import { session } from './session.ts'

let folder: string
const git = (...args: string[]): Buffer =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
const hostile = [
  'prompts/a|b`c.md',
  'prompts/-rf.md',
  'prompts/\u202enew\nline "x" \x1b[31m.md',
  'prompts/__proto__.md',
  'prompts/ünï <b>.md',
]

function commit(files: Readonly<Record<string, string | null>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    if (text === null) rmSync(join(folder, path))
    else writeFileSync(join(folder, path), text)
  }
  git('add', '-A')
  git('commit', '-q', '-m', 'change')
  return git('rev-parse', 'HEAD').toString().trim()
}

const run = (args: readonly string[]) =>
  session(['diff', ...args], {
    prices: testTable,
    clock: testClock,
    git: async (given) => new Uint8Array(git(...given)),
  })

let base: string
let head: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokenfare-diff-'))
  git('init', '-q')
  base = commit({
    'prompts/grow.md': 'short',
    'prompts/same.md': 'as it was',
    'prompts/gone.txt': 'bye',
    'prompts/code.ts': 'no prompt',
    'docs/other.md': 'elsewhere',
    'chat.request.json': JSON.stringify({
      model: 'gpt-4o-plain',
      messages: [{ role: 'user', content: 'hi' }],
      max_tokens: 5,
    }),
    ...Object.fromEntries(hostile.map((path) => [path, 'old'])),
  })
  symlinkSync('/etc/passwd', join(folder, 'prompts/link.md'))
  head = commit({
    'prompts/grow.md': `short${' and longer'.repeat(500)}`,
    'prompts/gone.txt': null,
    'prompts/new.md': 'hello',
    'prompts/bad.json': JSON.stringify({ model: 'gpt-9', prompt: 'hi' }),
    'docs/other.md': 'changed elsewhere',
    'chat.request.json': JSON.stringify({
      model: 'gpt-5-test',
      messages: [{ role: 'user', content: 'hi' }],
      max_tokens: 5,
    }),
    ...Object.fromEntries(hostile.map((path) => [path, 'a newer text'])),
  })
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('tokenfare diff', () => {
  it('writes the change of each file per call and per month, and the sum', async () => {
    const { status, out, error } = await run([
      base,
      head,
      'prompts/grow.md',
      '-m',
      'gpt-4o-plain',
      '--max-output',
      '1',
      '--calls-per-month',
      '1000000',
    ])
    expect([status, error]).toEqual([0, ''])
    expect(out).toMatch(/^### Cost of prompts/)
    expect(out).toMatch(
      /\| `prompts\/grow\.md` \| `openai\/gpt-4o-plain` \| 8 → 1,008 \| \$0\.0000018\d* → \$0\.000152 \|/,
    )
    expect(out).toContain('a month** (+')
  })

  it('adds up exactly in JSON, leaves the same files out and says what could not be priced', async () => {
    const { status, out } = await run([base, head, 'prompts', '-m', 'gpt-4o-plain', '--json', '--expected-output', '0'])
    expect(status).toBe(3)
    const report = JSON.parse(out)
    const paths = report.changes.map(({ path }: { path: string }) => path)
    expect(paths).toEqual(
      ['prompts/grow.md', 'prompts/gone.txt', 'prompts/new.md', 'prompts/bad.json', ...hostile].toSorted(),
    )
    expect(report.unchanged).toBe(1)
    const bad = report.changes.find(({ path }: { path: string }) => path === 'prompts/bad.json')
    expect(bad.after.error).toContain('gpt-9')
    expect(Number(report.total.after.exact)).toBeGreaterThan(Number(report.total.before.exact))
  })

  it('takes paths from where it runs, and says when there is nothing', async () => {
    const inside = (args: readonly string[]) =>
      session(['diff', base, head, ...args, '-m', 'gpt-4o-plain'], {
        prices: testTable,
        clock: testClock,
        git: async (given) =>
          new Uint8Array(
            execFileSync('git', given, { cwd: join(folder, 'prompts'), stdio: ['ignore', 'pipe', 'pipe'] }),
          ),
      })
    expect((await inside(['grow.md'])).out).toContain('`prompts/grow.md`')
    expect((await inside(['../prompts/grow.md'])).out).toContain('`prompts/grow.md`')
    const { status, error } = await inside(['prompts/grow.md'])
    expect(status).toBe(4)
    expect(error).toBe('tokenfare: no prompt file at either revision: "prompts/grow.md"\n')
  })

  it('keeps hostile names in their cells', async () => {
    const { out } = await run([base, head, 'prompts', '-m', 'gpt-4o-plain'])
    expect(out).not.toContain('\x1b')
    expect(out).not.toContain('\u202e')
    const rows = out.split('\n').filter((line) => line.startsWith('| '))
    // Head, rule, and one line for each changed file.
    expect(rows).toHaveLength(2 + 4 + hostile.length)
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(8)
  })

  it('finds prompt files by their names, and reads the model that a body names', async () => {
    const { out } = await run([base, head])
    expect(out).toContain('`chat.request.json`')
    expect(out).toContain('`openai/gpt-4o-plain` → `openai/gpt-5-test`')
    expect(out).not.toContain('grow.md')
    expect((await run([head, head])).out).toContain('No prompt changed (1 unchanged)')
  })

  it('fails a build on a rise, by percent or by dollars', async () => {
    const at = (...more: string[]) =>
      run([base, head, 'prompts/grow.md', '-m', 'gpt-4o-plain', '--expected-output', '0', ...more])
    expect((await at('--fail-over', '5%')).status).toBe(1)
    expect((await at('--fail-over', '99999999%')).status).toBe(0)
    expect((await at('--fail-over', '0.01')).status).toBe(1)
    expect((await at('--fail-over', '1000')).status).toBe(0)
    expect((await at('--max-cost', '0.0000001')).status).toBe(1)
    const cheaper = await run([head, base, 'prompts/grow.md', '-m', 'gpt-4o-plain', '--fail-over', '0%'])
    expect(cheaper.status).toBe(0)
  })

  it('takes no revision for an option, and says what is missing', async () => {
    expect((await run([base])).status).toBe(2)
    expect((await run([base, head, 'prompts'])).status).toBe(2)
    expect((await run([base, head, '-m', 'gpt-5-test', '--fail-over', 'much'])).status).toBe(2)
    for (const revision of ['nowhere', '--output=x', 'HEAD:prompts', '$(id)', ''])
      expect(await run(['--', base, revision])).toMatchObject({ status: 4 })
    expect((await session(['diff', 'a', 'b'], {})).status).toBe(4)
  })
})
