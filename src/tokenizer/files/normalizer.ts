import { quote } from '../../errors.ts'
import type { NormalizerStep } from '../pipeline/definition.ts'
import { growthOf, MOST_GROWTH } from '../pipeline/normalize.ts'
import { arrayAt, checkDepth, member, objectAt, stringAt } from './json.ts'
import { LIMITS, refuse } from './refuse.ts'

/** Reads the normalizer of a `tokenizer.json`.  */
export function readNormalizer(value: unknown, path: string): readonly NormalizerStep[] {
  const steps = read(value, path)
  if (steps.length > LIMITS.normalizers) refuse(`it has more than ${LIMITS.normalizers} normalizers`)
  // Each step alone is harmless; sixteen of them one after the other make a gigabyte of one letter.
  if (growthOf(steps) > MOST_GROWTH) refuse(`its normalizers make a text more than ${MOST_GROWTH} times as long`)
  return steps
}

function read(value: unknown, path: string): NormalizerStep[] {
  if (value === undefined || value === null) return []
  checkDepth(path)
  const normalizer = objectAt(value, path)
  const type = stringAt(member(normalizer, 'type'), `${path}.type`)
  switch (type) {
    case 'Sequence':
      return arrayAt(member(normalizer, 'normalizers'), `${path}.normalizers`).flatMap((item, i) =>
        read(item, `${path}.normalizers[${i}]`),
      )
    case 'NFC':
      return [{ type: 'nfc' }]
    case 'NFKC':
      return [{ type: 'nfkc' }]
    case 'Prepend': {
      const text = stringAt(member(normalizer, 'prepend'), `${path}.prepend`)
      return [{ type: 'prepend', text, unlessThere: false, firstOnly: false }]
    }
    case 'Replace': {
      const pattern = objectAt(member(normalizer, 'pattern'), `${path}.pattern`)
      const from = member(pattern, 'String')
      if (typeof from !== 'string' || from === '') return refuse(`${path} replaces a pattern, only a text is supported`)
      return [{ type: 'replace', from, to: replacement(stringAt(member(normalizer, 'content'), `${path}.content`)) }]
    }
    default:
      return refuse(`the normalizer ${quote(type)} is not supported`)
  }
}

/** Texts may grow by this factor at most. */
const MAX_REPLACEMENT = 16

function replacement(text: string): string {
  return text.length <= MAX_REPLACEMENT ? text : refuse(`a replacement has ${text.length} characters`)
}
