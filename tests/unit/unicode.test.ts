import { expect, it } from 'vitest'
import { asciiClasses, characterClasses, NOT_ASCII } from '../../src/tokenizer/unicode.ts'

it('ASCII has the classes that it has among all characters, and every other byte none of them', () => {
  expect([...asciiClasses.subarray(0, 128)]).toEqual([...characterClasses().subarray(0, 128)])
  expect([...asciiClasses.subarray(128)]).toEqual(Array(128).fill(NOT_ASCII))
})
