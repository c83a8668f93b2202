import { packTokenizer } from '../../tokenizer.ts'
import { type Arguments, given } from '../args.ts'
import type { Command } from '../command.ts'
import { readPath } from '../input.ts'
import { type CliIo, type ExitCode, exitCodes, UsageError } from '../io.ts'
import { help } from '../options.ts'
import { writeFile } from '../output.ts'

export const pack: Command = {
  name: 'pack',
  usage: 'FILE',
  summary: "pack a model's own tokenizer file",
  description:
    'Packs a tokenizer.json, .tiktoken, tekken.json or SentencePiece .model file into a compact text, which loadPack of ' +
    'tokenfare/tokenizer loads many times faster. Written to standard output unless --out names a file.',
  options: {
    out: { short: 'o', value: 'FILE', help: 'where to write; an existing file is not replaced without --force' },
    force: { help: 'replace an existing file' },
    pattern: { value: 'REGEX', help: 'how text is split before merging, for .tiktoken files, which do not say' },
    name: { value: 'NAME', help: 'name of the encoding; default: custom' },
    ...help,
  },
  examples: ['tokenfare pack tokenizer.json --name llama3 --out llama3.pack.txt'],
  run: runPack,
}

async function runPack(args: Arguments, io: CliIo): Promise<ExitCode> {
  const [file, ...more] = args.positionals
  if (file === undefined || more.length > 0)
    throw new UsageError(`one FILE was expected, got ${args.positionals.length}`)
  const options = given({ name: args.text('name'), pattern: args.text('pattern') })
  const packed = packTokenizer(await readPath(file, io), options)
  const out = args.text('out')
  if (out === undefined) io.writeOut(packed)
  else await writeFile(out, packed, args, io)
  return exitCodes.ok
}
