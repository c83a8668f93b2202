/** Rows of the fault table that no other test of prices covers in its figure. */
import { describe, expect, it } from 'vitest'
import {
  calcCost,
  createCalibration,
  estimateCost,
  resolveModel,
  type UsageApi,
  usageFrom,
} from '../../../src/index.ts'
import { defaultTable } from '../../../src/pricing/builtin.ts'
import { definePrices } from '../../../src/pricing.ts'

const at = '2026-11-20T12:00:00Z'

describe('row 18: no id is matched by its neighbourhood', () => {
  const table = defaultTable()
  const ids = table.sellers.flatMap((seller) =>
    [...(table.seller(seller)?.models.keys() ?? [])].map((id) => ({ seller, id })),
  )

  it('0 fuzzy hits among cut, lengthened and renumbered spellings of every id', () => {
    const fuzzy: string[] = []
    let tried = 0
    for (const { seller, id } of ids) {
      for (const near of [
        id.slice(0, -1),
        `${id}-x`,
        `${id}9`,
        `x${id}`,
        id.replace(/\d/, (d) => String((+d + 1) % 10)),
      ]) {
        tried++
        const own = table.seller(seller)
        try {
          const found = resolveModel(near, { seller })
          const known = own?.models.has(found.id) && (found.id === near || own.aliases.get(near) === found.id)
          // A cloud's spelling or a dated snapshot is another name by rule; it ends like the id or begins with it.
          const byRule = found.matchedBy === 'snapshot' ? near.startsWith(found.id) : found.matchedBy === 'cloud'
          if (!known && !byRule && !near.endsWith(found.id)) fuzzy.push(`${seller}/${near} → ${found.id}`)
        } catch {
          // As it should be.
        }
      }
    }
    expect(tried).toBeGreaterThan(10_000)
    expect(fuzzy).toEqual([])
  })

  it('openai/gpt-4o and gpt-4o have one price', () => {
    const usage = { inputTokens: 12_345, outputTokens: 678 }
    expect(calcCost(usage, 'openai/gpt-4o', { at })).toEqual(calcCost(usage, 'gpt-4o', { at }))
  })
})

describe('row 25: a missing cache price', () => {
  it('is unpriced, neither 0 nor the price of input, in every model that has none', () => {
    let without = 0
    const table = defaultTable()
    for (const seller of table.sellers) {
      for (const model of table.seller(seller)?.models.values() ?? []) {
        const period = model.periods.at(-1)
        if (period === undefined || period.status !== 'actual' || period.card.micro[2] !== undefined) continue
        if (period.card.micro[0] == null) continue
        const cost = calcCost({ inputTokens: 100, cacheReadTokens: 40 }, model, {
          at: Math.max(period.fromMs, Date.parse(at)),
        })
        expect(cost.complete).toBe(false)
        expect(cost.unpriced).toEqual([
          { part: 'cacheRead', quantity: 40, unit: 'tokens', reason: 'the table has no rate for it' },
        ])
        expect(cost.lines.map(({ quantity }) => quantity)).toEqual(cost.lines.length === 1 ? [60] : [60, 1])
        without++
      }
    }
    expect(without).toBeGreaterThan(500)
  })
})

describe('row 27: sentinels in a feed', () => {
  it.each(['-1', '-0.000001', 'free', '', 'NaN', null, -1, 0])('%j as a rate never becomes a cost', (rate) => {
    const file = { seller: 'acme', models: [{ id: 'm', rates: { input: rate as never } }] }
    if (rate === null) {
      const cost = calcCost({ inputTokens: 5 }, 'acme/m', { prices: definePrices(file), at })
      expect(cost).toMatchObject({ complete: false, total: { exact: '0' }, unpriced: [{ part: 'input' }] })
    } else expect(() => definePrices(file)).toThrow('models[0].rates.input')
  })

  it('0 negative rates in the table', () => {
    const table = defaultTable()
    const rates = table.sellers.flatMap((seller) =>
      [...(table.seller(seller)?.models.values() ?? [])].flatMap((model) =>
        model.periods.flatMap(({ card }) => [...card.micro, ...card.tiers.flatMap(({ micro }) => micro)]),
      ),
    )
    expect(rates.filter((rate) => rate != null && !(rate >= 0))).toEqual([])
  })
})

describe('row 33: interrupted streams', () => {
  const chunks = (count: number, last: object) => [
    ...Array.from({ length: count }, (_, index) => ({ id: index, choices: [{ delta: { content: 'x' } }] })),
    last,
  ]
  const anthropic = (n: number) => [
    { type: 'message_start', message: { usage: { input_tokens: 8, output_tokens: 1 } } },
    ...Array.from({ length: n }, () => ({ type: 'content_block_delta', delta: { text: 'x' } })),
    { type: 'message_delta', usage: { output_tokens: 40 } },
  ]
  const streams: readonly (readonly [UsageApi, string, readonly object[]])[] = [
    ['openai-chat', 'gpt-4o', chunks(20, { choices: [], usage: { prompt_tokens: 9, completion_tokens: 30 } })],
    ['deepseek', 'deepseek-v4-pro', chunks(20, { choices: [], usage: { prompt_tokens: 9, completion_tokens: 30 } })],
    [
      'mistral',
      'mistral-large-latest',
      chunks(20, { choices: [], usage: { prompt_tokens: 9, completion_tokens: 30 } }),
    ],
    ['groq', 'openai/gpt-oss-120b', chunks(20, { x_groq: { usage: { prompt_tokens: 9, completion_tokens: 30 } } })],
    [
      'openai-responses',
      'gpt-5',
      [
        { type: 'response.created', response: {} },
        ...Array.from({ length: 20 }, () => ({ type: 'response.output_text.delta', delta: 'x' })),
        { type: 'response.completed', response: { usage: { input_tokens: 9, output_tokens: 30 } } },
      ],
    ],
    ['anthropic-messages', 'claude-sonnet-5', anthropic(20)],
    [
      'gemini',
      'gemini-2.5-flash',
      Array.from({ length: 20 }, (_, index) => ({
        candidates: [index === 19 ? { finishReason: 'STOP' } : { content: {} }],
        usageMetadata: { promptTokenCount: 9, candidatesTokenCount: index + 1 },
      })),
    ],
  ]

  it.each(streams)('%s: 0 records of no cost, wherever the stream is cut', (api, model, events) => {
    for (let end = 0; end < events.length; end++) {
      const cost = calcCost(usageFrom(events.slice(0, end), { api }), model, {
        at,
        ...(api === 'groq' ? { seller: 'groq' } : {}),
      })
      expect(cost.complete, `cut after ${end}`).toBe(false)
      expect(cost.unpriced.map(({ quantity }) => quantity)).toContain(null)
    }
    const whole = calcCost(usageFrom(events, { api }), model, { at, ...(api === 'groq' ? { seller: 'groq' } : {}) })
    expect(whole).toMatchObject({ complete: true })
    expect(whole.total.usd).toBeGreaterThan(0)
  })
})

describe("row 34: the provider's usage against the own count", () => {
  const bills = [21, 25, 31, 22, 28, 24].map((prompt_tokens, index) => ({
    usage: { prompt_tokens, completion_tokens: 10 + index },
  }))

  it('the ledger holds what the provider reports, and the miss is reported beside it', async () => {
    const calibration = createCalibration()
    const request = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Say something about whales.' }] }
    const estimate = await estimateCost(request, { at })
    const ledger = bills.map((response) => {
      const usage = usageFrom(response, { api: 'openai-chat' })
      calibration.learn(estimate.input, usage.inputTokens as number, { model: 'gpt-4o' })
      return {
        usage,
        cost: calcCost(usage, estimate.model, { at }),
        missedTokens: (usage.inputTokens as number) - estimate.input.tokens,
      }
    })
    ledger.forEach(({ usage, cost, missedTokens }, index) => {
      const bill = bills[index]?.usage as { prompt_tokens: number; completion_tokens: number }
      // $2.50 and $10 per million: 2,500,000 and 10,000,000 picodollars per token.
      const pico = BigInt(bill.prompt_tokens) * 2_500_000n + BigInt(bill.completion_tokens) * 10_000_000n
      expect(BigInt(Math.round(cost.total.usd * 1e12))).toBe(pico)
      expect(usage.inputTokens).toBe(bill.prompt_tokens)
      expect(missedTokens).not.toBe(0)
    })
    const ratios = bills.map(({ usage }) => usage.prompt_tokens / estimate.input.tokens)
    expect(calibration.entry({ model: 'gpt-4o' })).toMatchObject({ pairs: 6, recentRatios: ratios })
  })
})
