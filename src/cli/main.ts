#!/usr/bin/env node
/** The process around the commands: streams, terminal, status. Everything else is in `run`. */
import { execFile } from 'node:child_process'
import { readUpTo, writeWhole } from './files.ts'
import { MAX_BYTES } from './input.ts'
import type { CliIo } from './io.ts'
import { run } from './run.ts'

/** Standard output could not be written (EX_IOERR of sysexits.h): never the status of a limit that was kept or exceeded. */
const OUTPUT_FAULT = 74

/** A reader that went away (`| head`) ends the output; it is no failure. A full disk is one. */
function endOnFailedOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
  process.stderr.write(`tokenfare: standard output cannot be written: ${error.code ?? 'unknown fault'}\n`)
  process.exit(OUTPUT_FAULT)
}

/** https://no-color.org; FORCE_COLOR as Node itself reads it. */
function wantsColor(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0'
  return process.stdout.isTTY === true && TERM !== 'dumb'
}

process.stdout.on('error', endOnFailedOutput)
// Nobody can be told that nobody can be told; the status says what happened.
process.stderr.on('error', () => {})

const io: CliIo = {
  stdin: process.stdin,
  stdinIsTerminal: process.stdin.isTTY === true,
  readFile: (path) => readUpTo(path, MAX_BYTES),
  writeFile: writeWhole,
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
