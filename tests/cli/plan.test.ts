import { describe, expect, it } from 'vitest'
import { type Setting, session } from './session.ts'

const setting: Setting = { clock: () => Date.parse('2026-11-22') }
const plan = (line: string, more: Setting = {}) => session(['plan', ...line.split(' ')], { ...setting, ...more })

describe('plan', () => {
  it('shows an open model on GPUs', async () => {
    const { status, out } = await plan('gpu llama-3.3-70b --gpu h100 -q fp8 -c 32 -r lambda/h100')
    expect(status).toBe(0)
    expect(out).toContain('llama-3.3-70b (fp8) on 2 × h100')
    expect(out).toMatch(/usable 155 GB:\n {10}fits/)
    expect(out).toMatch(/all streams +[\d,]+ +[\d,]+ +[\d,]+ {2}output tokens\/s/)
    expect(out).toContain('$8.5800 per hour for 2 machines, lambda/h100, read on 2026-09-25')
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  it('says that a model does not fit, and what would hold it', async () => {
    const { status, out } = await plan('gpu llama-3-70b --gpu h100 --count 1')
    expect([status, out.includes('does not fit'), out.includes('needs     2 × h100')]).toEqual([0, true, true])
    expect(out).not.toContain('tokens/s')
  })

  it('finds the crossing of an API and a rented GPU, and draws it', async () => {
    const { status, out } = await plan('compare gpt-4o-mini llama-3.1-8b@h100 --usd-per-hour 2.5 -c 64')
    expect(status).toBe(0)
    // 60 dollars a day against 0.00045 a call.
    expect(out).toContain('llama-3.1-8b@h100 is cheaper from 133,334 calls a day')
    const plot = out.split('\n').filter((line) => line.includes('│'))
    expect(plot).toHaveLength(14)
    expect(plot[0]).toMatch(/^ +\$6k │ +•/)
    expect(plot.at(-1)).toMatch(/^ +\$0\.6 │•/)
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  it('draws the same costs that it writes as CSV and JSON', async () => {
    const line = 'compare gpt-4o-mini llama-3.1-8b@h100 --usd-per-hour 2.5 --from 1000 --to 1000000'
    const rows = (await plan(`${line} --csv`)).out.trim().split('\r\n')
    expect(rows[0]).toBe('calls_per_day,gpt-4o-mini,llama-3.1-8b@h100')
    expect(rows[1]).toBe('1000,0.45,60')
    expect(rows.at(-1)).toMatch(/^1000000,450,\d+$/)
    const parsed = JSON.parse((await plan(`${line} --json`)).out)
    expect(parsed.curve.map((point: { calls: number }) => point.calls)).toEqual(
      rows.slice(1).map((row) => Number(row.split(',')[0])),
    )
    expect(parsed.crossings[0].crossing.expected.calls).toBe(133_334)
  })

  it('compares batch with interactive and small with large models', async () => {
    const { out } = await plan('compare gpt-5 gpt-5@batch gpt-5-mini')
    expect(out).toContain('gpt-5@batch is cheaper from the first call')
    expect(out).toContain('gpt-5@batch: $0.003125 per call')
    expect((await plan('compare gpt-5-mini gpt-5')).out).toContain('gpt-5 is never cheaper')
  })

  it('finds from how many messages a subscription pays', async () => {
    const { out } = await plan('subscription claude-pro --api claude-sonnet-4-5')
    expect(out).toContain('Claude Pro is cheaper from 1,905 messages a month')
    expect(out).toContain('6480 messages a month only when every window of 5 hours is used up')
    const small = await plan('subscription google-ai-pro --api gpt-5-nano --prompt 10 --output 1')
    expect(small.out).toContain('Google AI Pro is never cheaper within its 3,000 messages a month')
    expect(small.out).toMatch(/warning +the plan Google AI Pro was read on 2025-09-08/)
  })

  it('bills runs by the second', async () => {
    const { out } = await plan('run replicate/h100 --seconds 12.5 --setup 30 --runs 4')
    expect(out).toContain('$0.0763 for 4 runs on replicate/h100')
    expect(out).toContain('setup     30 s, not billed')
    expect(JSON.parse((await plan('run replicate/h100 --seconds 12.5 --json')).out).total.exact).toBe('0.0190625')
  })

  it('estimates fine-tuning beside sellers', async () => {
    const { out } = await plan('tune llama-3.1-8b --gpu h100 --tokens 10000000 --epochs 3 -r lambda/h100')
    expect(out).toContain('lora fine-tuning of llama-3.1-8b on 1 × h100: fits')
    expect(out).toContain('$14.4000 at together/lora-16b, read on 2025-06-01')
  })

  it.each(['gpus', 'rentals', 'subscriptions', 'models'])('lists %s', async (what) => {
    const { status, out } = await plan(`list ${what}`)
    expect(status).toBe(0)
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    const rows = JSON.parse((await plan(`list ${what} --json`)).out)
    expect(out.trim().split('\n')).toHaveLength(rows.length + 1)
    expect((await plan(`list ${what} --csv`)).out.trim().split('\r\n')).toHaveLength(rows.length + 1)
  })

  it('writes a page that holds the drawing, and does not replace another', async () => {
    const written = new Map<string, string>()
    const line = 'compare gpt-4o-mini llama-3.1-8b@h100 --usd-per-hour 2.5 --html page.html'
    expect((await plan(line, { written })).status).toBe(0)
    const page = written.get('page.html') as string
    expect(page).toContain('<svg')
    expect(page.match(/<path class="line"/g)).toHaveLength(2)
    expect(page).toContain('llama-3.1-8b@h100 from 133,334')
    expect(page).toContain('prefers-color-scheme:dark')
    expect(page).not.toMatch(/<script|https?:\/\/(?!unpkg)|src=/)
    const again = await plan(line, { written })
    expect([again.status, again.error]).toEqual([4, 'tokenfare: page.html: exists already; --force replaces it\n'])
    expect((await plan(`${line} --force`, { written })).status).toBe(0)
  })

  it.each<[string, number, RegExp]>([
    ['nothing', 2, /plan takes one of gpu, compare/],
    ['gpu phi-4', 2, /--gpu is missing/],
    ['gpu phi-4 --gpu h100 --count 0', 2, /count must be a whole number from 1 to 64, got 0/],
    ['gpu phi-4 --gpu h100 -q fp3', 2, /quantization must be one of fp16/],
    ['gpu __proto__ --gpu h100', 3, /unknown model "__proto__"/],
    ['gpu phi-4 --gpu h1000', 3, /unknown gpu "h1000"; did you mean h100/],
    ['gpu phi-4 --gpu h100 --utilisation 2', 2, /utilisation must be a number above 0, at most 1, got 2/],
    ['gpu phi-4 --gpu h100 --usd-per-hour -1', 2, /usd-per-hour/],
    ['gpu phi-4 --gpu h100 --usd-per-hour 1e3', 2, /rental.usdPerHour must be a decimal string/],
    ['gpu phi-4 --gpu h100 --csv', 2, /--csv is for compare/],
    ['compare gpt-5', 2, /two offers or more/],
    ['compare gpt-5 gpt-9', 3, /unknown model "gpt-9"/],
    ['compare gpt-5 phi-4@1xt4', 2, /phi-4@1xt4: 1 × t4 do not hold/],
    ['compare gpt-5 @h100', 2, /an offer is MODEL/],
    ['subscription claude-pro', 2, /--api is missing/],
    ['subscription nothing --api gpt-5', 3, /unknown plan "nothing"/],
    ['run replicate/h100', 2, /--seconds is missing/],
    ['run replicate/h100 --seconds -4', 2, /seconds/],
    ['run replicate/h999 --seconds 4', 3, /unknown rental/],
    ['tune phi-4 --gpu h100 --tokens 5 --method x', 2, /method must be one of full, lora, qlora/],
    ['list everything', 2, /list takes one of gpus/],
  ])('refuses %s with status %d', async (line, status, message) => {
    const result = await plan(line)
    expect(result.status).toBe(status)
    expect(result.error).toMatch(message)
    expect(result.out).toBe('')
  })
})
