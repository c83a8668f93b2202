/** Reads JSON text of a price file: a byte order mark is skipped, duplicate keys are an error, errors name the line. */
import { InvalidPriceTableError, quote } from '../errors.ts'

/** @throws InvalidPriceTableError with the line of the fault where the engine tells it. */
export function parseJson(text: string): unknown {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (cause) {
    const position = /position (\d+)/.exec((cause as Error).message)?.[1]
    const where = position === undefined ? '' : `line ${lineOf(json, Number(position))}`
    throw new InvalidPriceTableError(where, 'is no JSON', { cause })
  }
  refuseDuplicateKeys(json)
  return value
}

function lineOf(text: string, position: number): number {
  let line = 1
  for (let i = 0; i < position; i++) if (text.charCodeAt(i) === 10) line++
  return line
}

/** `JSON.parse` keeps the last of two equal keys, so one of two prices would vanish. The text is known to be valid JSON. */
function refuseDuplicateKeys(json: string): void {
  const open: (Set<string> | null)[] = []
  for (let i = 0; i < json.length; i++) {
    const char = json[i]
    if (char === '{') open.push(new Set())
    else if (char === '[') open.push(null)
    else if (char === '}' || char === ']') open.pop()
    else if (char === '"') {
      const end = endOfString(json, i)
      const keys = open.at(-1)
      if (keys && isKey(json, end)) {
        const key = JSON.parse(json.slice(i, end + 1)) as string
        if (keys.has(key))
          throw new InvalidPriceTableError(`line ${lineOf(json, i)}`, `the key ${quote(key)} occurs twice`)
        keys.add(key)
      }
      i = end
    }
  }
}

function endOfString(json: string, start: number): number {
  let i = start + 1
  while (json[i] !== '"') i += json[i] === '\\' ? 2 : 1
  return i
}

/** Whether the string that ends here is followed by a colon. */
function isKey(json: string, end: number): boolean {
  let i = end + 1
  while (json[i] === ' ' || json[i] === '\n' || json[i] === '\r' || json[i] === '\t') i++
  return json[i] === ':'
}
