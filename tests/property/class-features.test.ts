import fc from 'fast-check'
import { expect, test } from 'vitest'
import { classFeatures, newFeatures } from '../../src/tokenizer/class-features.ts'
import { slowClassFeatures } from '../reference/class-features.ts'

const bits = [
  'a',
  'word',
  'Word',
  'WORD',
  'getId',
  'JSON',
  'x1',
  '12',
  '1234567',
  'a1b2c3d4e5f6',
  '0badc0ffee12',
  ' ',
  '  ',
  '\n',
  '\t \n',
]
const signs = [
  '.',
  ',',
  '": "',
  '//',
  '{',
  '-',
  'é',
  'Éa',
  'naïve',
  'привет',
  '你好',
  'ひ',
  '한',
  '🙂',
  '👨‍👩‍👧',
  '\u{20000}',
  '\u00a0',
  '\ud800',
  '\0',
]
const ascii = fc.string({ unit: fc.constantFrom(...bits, ...signs.slice(0, 6)), maxLength: 120 })
const mixed = fc.string({ unit: fc.constantFrom(...bits, ...signs), maxLength: 120 })

test.each([
  ['ASCII', ascii],
  ['many scripts', mixed],
  ['any text', fc.string({ unit: 'binary', maxLength: 300 })],
])('features of %s are those of the obvious way', (_, texts) => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(Array.from(classFeatures(text))).toEqual(slowClassFeatures(text))
    }),
    { numRuns: 2000 },
  )
})

test('features add up over texts, chunk by chunk and whatever came before', () => {
  const text = 'The getId() of 1234567 words, “quoted”, is in JSON.\n'
  const features = newFeatures()
  classFeatures(text.repeat(2000), features)
  classFeatures(text, features)
  const expected = slowClassFeatures(text.repeat(2000)).map((value, at) => value + slowClassFeatures(text)[at]!)
  expect(Array.from(features)).toEqual(expected)
})
