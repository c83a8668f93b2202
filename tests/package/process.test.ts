import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './build.ts'

const cli = join(root, 'dist/cli.js')

/** Runs a shell line in which `tokenfare` is the built command. */
function shell(line: string, env: Record<string, string> = {}): { status: number | null; out: string; error: string } {
  const script = `set -o pipefail; tokenfare() { "${process.execPath}" "${cli}" "$@"; }; ${line}`
  const run = spawnSync('bash', ['-c', script], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 28,
  })
  return { status: run.status, out: run.stdout, error: run.stderr }
}

describe('the command as a process', () => {
  it('ends quietly when its reader goes away', () => {
    for (const line of ['tokenfare models --json | head -1', 'tokenfare models --csv --deprecated | head -c 10']) {
      const { status, out, error } = shell(line)
      expect(out).not.toBe('')
      expect(error).toBe('')
      expect([0, 141]).toContain(status)
    }
  })

  it('tells a full disk from a limit, and keeps its status when errors cannot be written', () => {
    const full = shell('tokenfare price gpt-4o > /dev/full')
    expect(full.status).toBe(74)
    expect(full.error).toBe('tokenfare: standard output cannot be written: ENOSPC\n')
    expect(shell('tokenfare price no-such-model 2> /dev/full').status).toBe(3)
  })

  it('stops reading what has no end', () => {
    for (const line of ['tokenfare count --model gpt-5 /dev/zero', 'yes | tokenfare count --model gpt-5']) {
      const { status, error } = shell(line)
      expect([4, 141]).toContain(status)
      expect(error).toMatch(/more than 256 MiB/)
    }
  })

  it('reads a pipe and writes whole output to one', () => {
    const { status, out } = shell('printf "Why is the sky blue?" | tokenfare count --model gpt-5 --json')
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject([{ file: '-', tokens: 6 }])
    const all = shell('tokenfare models --json --deprecated --marketplaces | cat')
    expect(JSON.parse(all.out).length).toBeGreaterThan(1000)
  })

  it('has statuses for scripts', () => {
    expect(shell('tokenfare price no-such-model').status).toBe(3)
    expect(shell('tokenfare count no-such-file --model gpt-5').status).toBe(4)
    expect(shell('tokenfare estimate examples/prompt.md --model gpt-5-mini --max-cost 0.000001').status).toBe(1)
  })

  it('writes colour to a pipe only when forced, and never against NO_COLOR', () => {
    const line = 'tokenfare price gpt-5-mini'
    expect(shell(line, { FORCE_COLOR: '', NO_COLOR: '' }).out).toContain('gpt-5-mini')
    expect(shell(line, { FORCE_COLOR: '1', NO_COLOR: '' }).out).toContain('\x1b[')
    expect(shell(line, { FORCE_COLOR: '1', NO_COLOR: '1' }).out).not.toContain('\x1b[')
  })

  it('needs no rights but to read', () => {
    const flags = ['--experimental-permission', `--allow-fs-read=${root}/*`]
    const run = spawnSync(
      process.execPath,
      [...flags, cli, 'estimate', 'examples/prompt.md', '-m', 'gpt-5-mini', '--json'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    )
    expect(JSON.parse(run.stdout)).toMatchObject({ model: 'gpt-5-mini' })
  })

  it('runs the first command of the README', () => {
    // In a copy, since it builds anew what other tests look at.
    const copy = mkdtempSync(join(tmpdir(), 'tokenfare-start-'))
    for (const name of ['src', 'vocab', 'examples', 'package.json', 'tsconfig.json', 'scripts/build'])
      cpSync(join(root, name), join(copy, name), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    const command = /`npm ci && (npm start [^`]*)`/.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] as string
    const out = execFileSync('bash', ['-c', command], {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    })
    expect(out).toMatch(/^openai\/gpt-5-mini\n/m)
    expect(out).toMatch(/^cost +\$0\.\d+ +\$0\.\d+ +\$0\.\d+/m)
  })
})
