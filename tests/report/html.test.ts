import { describe, expect, it } from 'vitest'
import cl100k from '../../src/encodings/cl100k_base.ts'
import o200k from '../../src/encodings/o200k_base.ts'
import { type CostEstimate, createEstimator, forecast } from '../../src/index.ts'
import { comparisonHtml } from '../../src/report/comparison-html.ts'
import { estimateHtml } from '../../src/report/estimate-html.ts'
import { forecastHtml } from '../../src/report/forecast-html.ts'
import { session } from '../cli/session.ts'
import { intricateTable, testClock } from '../estimate/table.ts'

const estimator = createEstimator({ encodings: [o200k, cl100k], prices: intricateTable, clock: testClock })
const plan = { turns: 12, systemTokens: 3000, userTokensPerTurn: 50, outputTokensPerCall: 100 }
const reports: Readonly<Record<string, string>> = {
  estimate: estimateHtml(estimator.estimateCost('some words '.repeat(2000), { model: 'gpt-5-cached' })),
  comparison: comparisonHtml(estimator.compareModels('hi', ['gpt-5-test', 'gpt-5-unknown-output', 'gpt-4o-plain'])),
  forecast: forecastHtml(forecast('claude-sonnet-4-5-test', plan, { prices: intricateTable, clock: testClock })),
  'forecast of one free turn': forecastHtml(
    forecast(
      'gpt-4o-plain',
      { turns: 1, systemTokens: 0, userTokensPerTurn: 0, outputTokensPerCall: 0 },
      { prices: intricateTable, clock: testClock },
    ),
  ),
}

describe.each(Object.entries(reports))('a report of a %s', (_, html) => {
  it('is one file without scripts or anything to load', () => {
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|javascript:|\son\w+=/i)
    expect(html.match(/\b(?:src|href)=/g)).toBeNull()
    expect(html).toContain("default-src 'none'")
  })

  it('has colours for light and dark, and numbers in all its drawings', () => {
    expect(html).toContain('prefers-color-scheme: dark')
    expect(html).not.toMatch(/NaN|Infinity|undefined|\[object/)
  })

  it('closes every element that it opens', () => {
    const open: string[] = []
    for (const [, close, name, self] of html.matchAll(/<(\/?)([a-z0-9]+)[^>]*?(\/?)>/g)) {
      if (self === '/' || name === 'meta') continue
      if (close === '') open.push(name as string)
      else expect(open.pop()).toBe(name)
    }
    expect(open).toEqual([])
  })
})

it('shows hostile names as text', () => {
  const [row] = estimator.compareModels('hi', ['gpt-5-test']) as [CostEstimate]
  const model = `<img src=x onerror=alert(1)>"'&\u202e\x1b[31m`
  const hostile = {
    ...row,
    model,
    assumptions: [{ code: 'bare-text', message: model }],
    price: { ...row.price, entry: model },
  }
  for (const html of [estimateHtml(hostile), comparisonHtml([hostile])]) {
    expect(html).not.toContain('<img')
    expect(html).not.toContain('\x1b')
    expect(html).not.toContain('\u202e')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;\\u202e\\x1b[31m')
  }
})

describe('--html', () => {
  const setting = { files: { 'prompt.md': 'Why is the sky blue?' }, prices: intricateTable, clock: testClock }

  it.each([
    'estimate prompt.md -m gpt-5-test',
    'compare prompt.md --models gpt-5-test,gpt-4o-plain',
    'forecast prompt.md -m gpt-5-test -n 5',
  ])('writes a report of %s, and replaces a file only when told to', async (line) => {
    const written = new Map<string, string>()
    const run = (more: string[]) =>
      session([...line.split(' '), '--html', 'out.html', ...more], { ...setting, written })
    expect(await run([])).toMatchObject({ status: 0, error: '' })
    expect(written.get('out.html')).toMatch(/^<!doctype html>/)
    expect(await run([])).toMatchObject({ status: 4 })
    expect(await run(['--force'])).toMatchObject({ status: 0 })
  })
})

describe('tokenfare forecast', () => {
  const run = (line: string, columns = 80) =>
    session(line.split(' '), {
      prices: intricateTable,
      clock: testClock,
      columns,
      files: { 's.md': 'You help. '.repeat(800) },
    })

  it('draws the cost so far within the terminal, and shows where caching pays', async () => {
    for (const columns of [40, 80, 120]) {
      const { out, status } = await run('forecast -m claude-sonnet-4-5-test -n 40 --system 6000', columns)
      expect(status).toBe(0)
      expect(out).toContain('caching pays from')
      expect(out).toMatch(/█/)
      if (columns >= 80) for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(columns)
    }
  })

  it('counts what stands before, and writes rows for programs', async () => {
    const { out } = await run('forecast s.md -m gpt-5-test -n 4 --json')
    const result = JSON.parse(out)
    expect(result.turns).toHaveLength(4)
    expect(result.turns[0].inputTokens).toBeGreaterThan(1600)
    const csv = (await run('forecast -m gpt-5-test -n 4 --csv')).out.trimEnd().split('\r\n')
    expect(csv).toHaveLength(5)
  })

  it('ends with a status that says what was wrong', async () => {
    expect((await run('forecast -n 4')).status).toBe(2)
    expect((await run('forecast -m gpt-5-test -n 99999')).status).toBe(2)
    expect((await run('forecast -m gpt-5-test --reasoning 900')).status).toBe(2)
    expect((await run('forecast -m gpt-9')).status).toBe(3)
    expect((await run('forecast nothing.md -m gpt-5-test')).status).toBe(4)
    expect((await run('forecast -m gpt-5-test --max-cost 0.0000001')).status).toBe(1)
  })
})
