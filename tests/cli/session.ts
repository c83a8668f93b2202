/** Runs a command line without a process. */
import { readFile } from 'node:fs/promises'
import type { CliIo } from '../../src/cli/io.ts'
import { run } from '../../src/cli/run.ts'

export interface Session {
  readonly status: number
  readonly out: string
  readonly error: string
}

export interface Setting extends Partial<Omit<CliIo, 'stdin' | 'writeOut' | 'writeError'>> {
  /** What is piped in; without it standard input is a terminal. */
  readonly stdin?: string | Uint8Array
  /** Files that exist, besides those of the repository. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** Files that are there to be written over, and those that the command writes. */
  readonly written?: Map<string, string>
}

export async function session(args: readonly string[], setting: Setting = {}): Promise<Session> {
  const { stdin, files = {}, written = new Map<string, string>(), ...rest } = setting
  let out = ''
  let error = ''
  const bytes = (content: string | Uint8Array): Uint8Array =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content
  const status = await run(args, {
    stdin: (async function* () {
      if (stdin !== undefined) yield bytes(stdin)
    })(),
    stdinIsTerminal: stdin === undefined,
    readFile: async (path) => (Object.hasOwn(files, path) ? bytes(files[path]) : readFile(path)),
    writeFile: async (path, text, replace) => {
      if (!replace && written.has(path)) throw Object.assign(new Error('exists'), { code: 'EEXIST' })
      written.set(path, text)
    },
    writeOut: (text) => {
      out += text
    },
    writeError: (text) => {
      error += text
    },
    columns: 80,
    color: false,
    errorIsTerminal: false,
    clock: Date.now,
    ...rest,
  })
  return { status, out, error }
}
