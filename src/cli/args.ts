/** Arguments: one description per command gives parsing, help and the errors. */
import { parseArgs } from 'node:util'
import { UsageError } from './io.ts'

export interface Option {
  readonly short?: string
  /** Name of the value in the help; an option without one is a switch. */
  readonly value?: string
  readonly help: string
}

export type Options = Readonly<Record<string, Option>>

/** What a command line holds: switches are true, options have their text. */
export interface Arguments {
  readonly positionals: readonly string[]
  readonly text: (name: string) => string | undefined
  readonly flag: (name: string) => boolean
}

/** Reads the arguments of a command. @throws UsageError */
export function readArguments(args: readonly string[], options: Options): Arguments {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { short, value }]) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        ...(short === undefined ? {} : { short }),
      },
    ]),
  )
  let parsed: { values: Record<string, unknown>; positionals: string[] }
  try {
    parsed = parseArgs({ args: [...args], options: config, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/\. To specify a positional.*$/s, ''))
  }
  return {
    positionals: parsed.positionals,
    text: (name) => parsed.values[name] as string | undefined,
    flag: (name) => parsed.values[name] === true,
  }
}

/** A whole number of an option. @throws UsageError */
export function wholeNumber(args: Arguments, name: string, least = 0): number | undefined {
  const text = args.text(name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
    throw new UsageError(`--${name} takes a whole number from ${least} up, got ${JSON.stringify(text)}`)
  return value
}

/** One of a few words. @throws UsageError */
export function oneOf<Word extends string>(args: Arguments, name: string, words: readonly Word[]): Word | undefined {
  const text = args.text(name)
  if (text === undefined) return undefined
  const word = words.find((candidate) => candidate === text)
  if (word === undefined) throw new UsageError(`--${name} is one of ${words.join(', ')}; got ${JSON.stringify(text)}`)
  return word
}

/** Words of a list such as `a,b,c`. */
export function list(args: Arguments, name: string): string[] | undefined {
  return args
    .text(name)
    ?.split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/** The words of an option that takes a list of a few known ones. @throws UsageError */
export function listOf<Word extends string>(args: Arguments, name: string, words: readonly Word[]): Word[] | undefined {
  return list(args, name)?.map((text) => {
    const word = words.find((candidate) => candidate === text)
    if (word === undefined) throw new UsageError(`--${name} takes ${words.join(', ')}; got ${JSON.stringify(text)}`)
    return word
  })
}

/** The fields that have a value: what is not given on the command line is left out, so that the default of the library holds. */
export function given<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(known) as { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> }
}
