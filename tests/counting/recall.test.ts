/** Counts of texts that come again are recalled, and nothing else about them changes. */
import { expect, test } from 'vitest'
import type { TextCounter } from '../../src/counting/meter.ts'
import { recalling } from '../../src/counting/recall.ts'

/** Counts units, and how often it was asked. */
function asked(): { readonly counter: TextCounter; readonly times: () => number } {
  let times = 0
  const counter = recalling({
    encoding: null,
    method: 'exact',
    count: (text) => {
      times += 1
      return { tokens: text.length, low: text.length, high: text.length }
    },
  })
  return { counter, times: () => times }
}

test('a text is counted twice, then recalled', () => {
  const { counter, times } = asked()
  for (let call = 0; call < 10; call += 1) expect(counter.recall('a system prompt').tokens).toBe(15)
  expect(times()).toBe(2)
})

test('texts that look alike are told apart', () => {
  const { counter } = asked()
  // The units that are sampled lie at eighths: these differ elsewhere only.
  const [one, other] = [`${'-'.repeat(70)}a${'-'.repeat(9)}`, `${'-'.repeat(70)}b${'-'.repeat(9)}`]
  const counts = new Map([one, other].map((text, index) => [text, index]))
  const telling = recalling({
    encoding: null,
    method: 'exact',
    count: (text) => {
      const tokens = counts.get(text) as number
      return { tokens, low: tokens, high: tokens }
    },
  })
  for (let call = 0; call < 5; call += 1) {
    expect(telling.recall(one).tokens).toBe(0)
    expect(telling.recall(other).tokens).toBe(1)
  }
  for (let call = 0; call < 5; call += 1) expect(counter.recall('').tokens).toBe(0)
})

test('what is kept is bounded: an old text is counted anew after many others, a long one each time', () => {
  const { counter, times } = asked()
  const long = 'x'.repeat(40_000)
  for (let call = 0; call < 5; call += 1) counter.recall(long)
  expect(times()).toBe(5)
  for (let call = 0; call < 3; call += 1) counter.recall('the first')
  expect(times()).toBe(7)
  const prompt = 'y'.repeat(4000)
  for (let index = 0; index < 200; index += 1)
    for (let call = 0; call < 2; call += 1) counter.recall(`${index} ${prompt}`)
  const before = times()
  counter.recall('the first')
  expect(times()).toBe(before + 1)
})
