/** The shape of a pack's pipeline, checked field by field: a checksum shows an accident, not who wrote a pack. */
import type { NormalizerStep, SplitBehavior } from './definition.ts'
import { growthOf, MOST_GROWTH } from './normalize.ts'
import type { PackedPipeline } from './pack.ts'

type Check = (value: unknown) => boolean

const text: Check = (value) => typeof value === 'string'
const flag: Check = (value) => typeof value === 'boolean'
const whole: Check = (value) => Number.isSafeInteger(value)

/** Largest token id and largest number of token indexes: what tokenizer files may have. */
const MOST_ID = 16_777_215
const id: Check = (value) => whole(value) && (value as number) >= 0 && (value as number) <= MOST_ID

const oneOf = (...words: readonly string[]): Check => {
  return (value) => words.includes(value as string)
}

const listOf = (item: Check): Check => {
  return (value) => Array.isArray(value) && value.every(item)
}

/** A list of these items in this order; the last ones may be left out from `least` on. */
const tuple = (items: readonly Check[], least: number = items.length): Check => {
  return (value) =>
    Array.isArray(value) &&
    value.length >= least &&
    value.length <= items.length &&
    value.every((item, i) => (items[i] as Check)(item))
}

const fieldsOf = (fields: Readonly<Record<string, Check>>): Check => {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, check]) =>
      check(Object.hasOwn(value, name) ? value[name as never] : undefined),
    )
}

const normalizerFields: Readonly<Record<NormalizerStep['type'], Check>> = {
  nfc: () => true,
  nfkc: () => true,
  'collapse-spaces': () => true,
  replace: fieldsOf({ from: (value) => text(value) && value !== '', to: text }),
  prepend: fieldsOf({ text, unlessThere: flag, firstOnly: flag }),
}
const normalizer: Check = (value) =>
  fieldsOf({ type: oneOf(...Object.keys(normalizerFields)) })(value) &&
  normalizerFields[(value as NormalizerStep).type](value)

const behaviors: readonly SplitBehavior[] = [
  ...(['isolated', 'removed', 'merged-with-previous', 'merged-with-next', 'contiguous'] as const),
]
const scanner = fieldsOf({ type: oneOf('scanner'), name: text })
const pattern = fieldsOf({
  ...{ type: oneOf('pattern'), pattern: text, syntax: oneOf('oniguruma', 'rust') },
  ...{ behavior: oneOf(...behaviors), invert: flag },
})

/** A Unicode scalar value in base 36. */
function isCharacter(code: string): boolean {
  const value = /^[0-9a-z]{1,4}$/.test(code) ? Number.parseInt(code, 36) : Number.NaN
  return value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff)
}

const shape: Readonly<Record<keyof PackedPipeline, Check>> = {
  normalizers: (value) => listOf(normalizer)(value) && growthOf(value as readonly NormalizerStep[]) <= MOST_GROWTH,
  splits: listOf((value) => scanner(value) || pattern(value)),
  template: fieldsOf({ before: listOf(id), after: listOf(id) }),
  added: listOf(tuple([id, (value) => text(value) && value !== '', whole, text], 3)),
  characters: (value) => text(value) && (value === '' || (value as string).split(' ').every(isCharacter)),
  extra: listOf(tuple([(value) => text(value) && /^[\0-\xff]+$/.test(value as string), flag])),
  ids: listOf(tuple([(value) => id(value), whole])),
  runs: (value) => value === null || fieldsOf({ codePoint: id, lengths: listOf(tuple([id, id])) })(value),
  spaceMark: flag,
}

/** The first field of a pipeline that is not what packing writes, or `undefined`. */
export function wrongField(pipeline: unknown): string | undefined {
  const fields = typeof pipeline === 'object' && pipeline !== null ? (pipeline as Record<string, unknown>) : {}
  return Object.entries(shape).find(
    ([name, check]) => !check(Object.hasOwn(fields, name) ? fields[name] : undefined),
  )?.[0]
}
