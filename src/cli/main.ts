#!/usr/bin/env node
/** The process around the commands: streams, terminal, status. Everything else is in `run`. */
import { execFile } from 'node:child_process'
import { readFile, rename, writeFile } from 'node:fs/promises'
import type { CliIo } from './io.ts'
import { run } from './run.ts'

/** A reader that went away (`| head`) ends the output; it is no failure. */
function endQuietlyOnClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(process.exitCode ?? 0)
  })
}

/** https://no-color.org; FORCE_COLOR as Node itself reads it. */
function wantsColor(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0'
  return process.stdout.isTTY === true && TERM !== 'dumb'
}

endQuietlyOnClosedPipe(process.stdout)
endQuietlyOnClosedPipe(process.stderr)

const io: CliIo = {
  stdin: process.stdin,
  stdinIsTerminal: process.stdin.isTTY === true,
  readFile: (path) => readFile(path),
  writeFile: async (path, text, replace) => {
    if (!replace) return writeFile(path, text, { flag: 'wx' })
    // Whole or not at all; a link is replaced, not followed.
    const whole = `${path}.${process.pid}.tmp`
    await writeFile(whole, text, { flag: 'wx' })
    await rename(whole, path)
  },
  git: (args) =>
    new Promise((resolve, reject) => {
      execFile('git', [...args], { encoding: 'buffer', maxBuffer: 512 * 1024 * 1024 }, (error, out, said) => {
        if (error === null) resolve(out)
        else reject(Object.assign(error, { stderr: said.toString() }))
      })
    }),
  writeOut: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  columns: process.stdout.columns ?? 80,
  color: wantsColor(),
  errorIsTerminal: process.stderr.isTTY === true,
  clock: Date.now,
}

process.exitCode = await run(process.argv.slice(2), io)
