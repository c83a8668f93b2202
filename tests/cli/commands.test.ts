import { describe, expect, it } from 'vitest'
import { definePrices } from '../../src/pricing.ts'
import { loadPack } from '../../src/tokenizer.ts'
import { testClock, testTable } from '../estimate/table.ts'
import { type Setting, session } from './session.ts'

const body = JSON.stringify({ model: 'gpt-5-test', messages: [{ role: 'user', content: 'Why is the sky blue?' }] })
const setting: Setting = {
  prices: testTable,
  clock: testClock,
  files: { 'prompt.md': 'Why is the sky blue?', 'body.json': body },
}
const cli = (line: string, more: Setting = {}) => session(line.split(' '), { ...setting, ...more })

describe('output for people, at 80 columns', () => {
  it('of estimate', async () => {
    expect((await cli('estimate prompt.md --model gpt-5-test --max-output 500')).out).toMatchInlineSnapshot(`
      "openai/gpt-5-test

                     low  expected      high
      input           12        12        12  tokens, by rule, o200k_base
      output           0       500       500  tokens, limit as given
      cost    $0.0000120  $0.00201  $0.00201

      input    12  tokens at $1 per million  $0.0000120
      output  500  tokens at $4 per million    $0.00200

      the range                           less  more
      the reply has 0 to 500 tokens  -$0.00200

      context   512 of 128,000 tokens (0.4 %), fits
      price     openai/gpt-5-test, 2026-03-01 to now
                table 2026.11.01, read on 2026-11-01
                https://prices.example/list
      assumes   the prompt is counted as one user message
      assumes   the expected reply has 500 tokens, as no task is named: chat (trace)
      assumes   357 of them hidden reasoning at medium effort, which the request does
                not say
      warning   how long a model reasons depends on the problem; \`expected\` rests on
                short recorded calls, \`high\` holds
      "
    `)
  })

  it('of compare', async () => {
    const { out } = await cli('compare prompt.md --models gpt-5-test,gpt-4o-plain,gpt-5-unknown-output --max-output 20')
    expect(out).toMatchInlineSnapshot(`
      "model                        input     expected        high
      openai/gpt-4o-plain             13   $0.0000140  $0.0000140  █▉
      openai/gpt-5-test               12   $0.0000920  $0.0000920  ████████████
      openai/gpt-5-unknown-output     12  ≥$0.0000120  $0.0000120  █▋

      output    expected 20 tokens
      ≥         a part of the call has no known price or no bound; the cost is a lower
                bound
      price     table 2026.11.01; --json names each row's period, source and day of
                reading
      "
    `)
  })

  it('of count', async () => {
    expect((await cli('count prompt.md body.json --model gpt-5')).out).toMatchInlineSnapshot(`
      "tokens  file
           6  prompt.md
          12  body.json
          18  total

      model     gpt-5: exact, o200k_base; by rule, o200k_base
      assumes   the text is counted alone, without the frame of a chat message
      "
    `)
  })

  it('of models', async () => {
    expect((await cli('models --sort input --deprecated --limit 5')).out).toMatchInlineSnapshot(`
      "model                         kind         context  max reply  input  output
      openai/text-embedding-3-test  embedding    128,000          –  $0.02       –
      openai/gpt-4o-plain           chat              50     16,000  $0.15    $0.6
      openai/gpt-5-test             chat         128,000     16,000     $1      $4
      openai/gpt-5-tiered           chat       1,000,000     16,000     $1      $4
      openai/gpt-4-unlimited        chat               –          –     $1      $4

      more      2 models; --limit shows more, QUERY narrows
      rates     dollars per million tokens; – is not known
      price     table 2026.11.01; tokenfare price MODEL names the source
      "
    `)
  })

  it('of price, with rates by size and by quality', async () => {
    const variants = [
      { rate: 'codeHour', size: '1g', usd: '0.09' },
      { rate: 'codeHour', size: '4g', usd: '0.36' },
      { rate: 'image', size: '1024x1024', usd: '0.04' },
      { rate: 'image', size: '1024x1024', quality: 'high', usd: '0.17' },
    ] as const
    const model = { id: 'painter', rates: { input: '1', codeHour: '0.09', image: '0.04' }, variants }
    const later = {
      id: 'later',
      periods: [
        { until: '2026-12-01', rates: { input: '2', webSearch: '10', cacheWrite12h: '5' } },
        { from: '2026-12-01', rates: { input: '4' }, status: 'announced' },
      ],
    } as const
    const prices = definePrices({ seller: 'acme', models: [model, later] })
    expect((await cli('price acme/later', { prices })).out).toContain(`
input             $2  per million tokens
cache write 12h   $5  per million tokens
web search       $10  per thousand searches
`)
    const history = (await cli('price acme/later --history', { prices })).out
    expect(history).toMatch(/^unknown +2026-12-01 +\$2 +actual/m)
    expect(history).toMatch(/^2026-12-01 +– +\$4 +announced/m)
    expect((await cli('price acme/painter', { prices })).out).toContain(`
code container, per hour
1g  default  $0.09
4g           $0.36

image, each
1024x1024  default  $0.04
1024x1024  high     $0.17
`)
  })

  it('of price', async () => {
    expect((await cli('price gpt-5-tiered')).out).toMatchInlineSnapshot(`
      "openai/gpt-5-tiered  standard, on 2026-11-02

      input   $1  per million tokens
      output  $4  per million tokens

      from 101 input tokens, for the whole request
      input   $3  per million tokens
      output  $9  per million tokens

      period    2025-08-07 to now, actual
      table     2026.11.01, row openai/gpt-5-tiered#2025-08-07T00:00:00.000Z, read on
                2026-11-01
      source    https://prices.example/list
      "
    `)
    expect((await cli('price gpt-5-test --history')).out).toMatchInlineSnapshot(`
      "openai/gpt-5-test

      from        until       input  cache read  output  status  read on
      2025-08-07  2026-03-01     $2        $0.2      $8  actual  2026-11-01
      2026-03-01  now            $1        $0.1      $4  actual  2026-11-01

      input
      $2 █████████████████████████████
         █████████████████████████████
         ████████████████████████████████████████████████████████████████
         ████████████████████████████████████████████████████████████████
         2025-08-07                                            2026-11-02

      output
      $8 █████████████████████████████
         █████████████████████████████
         ████████████████████████████████████████████████████████████████
         ████████████████████████████████████████████████████████████████
         2025-08-07                                            2026-11-02

      rates     dollars per million tokens; --json has all rates, tiers and sources
      "
    `)
    expect((await cli('price gpt-5-test --diff 2026-01-01')).out).toMatchInlineSnapshot(`
      "openai/gpt-5-test  2026-01-01 and 2026-11-02

                  2026-01-01  2026-11-02  change
      input               $2          $1   −50 %  per million tokens
      output              $8          $4   −50 %  per million tokens
      cache read        $0.2        $0.1   −50 %  per million tokens

      before    openai/gpt-5-test#2025-08-07T00:00:00.000Z,
                https://prices.example/list
      after     openai/gpt-5-test#2026-03-01T00:00:00.000Z,
                https://prices.example/list
      table     2026.11.01, read on 2026-11-01
      "
    `)
  })

  it('of the help', async () => {
    expect((await cli('--help')).out).toMatchInlineSnapshot(`
      "tokenfare: what a call to a language model will cost, known before it is made

      Usage
        tokenfare COMMAND [ARGUMENTS]

      Commands
        estimate  what one call will cost, as a range
        compare   the same call on many models, cheapest first
        forecast  what a conversation or an agent loop costs, turn by turn
        count     count tokens of texts or request bodies
        models    models with their limits and rates
        price     the rates of a model, now, on a day, or over time
        plan      own GPU or API, subscription or per token: what pays from when
        diff      what a change of prompts costs, between two git revisions
        pack      pack a model's own tokenizer file

        tokenfare COMMAND --help explains one; --version shows the version.

      Exit status
        0 ok   1 over a limit that was asked for   2 usage
        3 unknown model or price   4 input unreadable   70 a fault of the program
      "
    `)
    for (const command of ['estimate', 'compare', 'count', 'models', 'price', 'pack']) {
      const { out, status } = await cli(`${command} --help`)
      expect(status).toBe(0)
      expect(out).toMatch(/^Usage\n {2}tokenfare /)
      expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    }
  })

  it('stays within the terminal, and has colour only when asked', async () => {
    for (const line of [
      'estimate prompt.md -m gpt-5-test',
      'compare prompt.md',
      'models',
      'price gpt-5-test',
      'price gpt-5-test --history',
    ]) {
      const { out } = await cli(line)
      expect(
        out.split('\n').filter((text) => text.length > 80),
        line,
      ).toEqual([])
      expect(out).not.toContain('\x1b')
      const colored = (await cli(line, { color: true })).out
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the styles are control characters
      expect(colored.replace(/\x1b\[\d+m/g, '')).toBe(out)
      expect(colored).toContain('\x1b[1m')
    }
  })
})

describe('the cost of many calls', () => {
  it('stands below the estimate', async () => {
    const { out } = await cli(
      'estimate prompt.md -m gpt-5-test --expected-output 100 --calls-per-day 1000 --growth 0.1',
    )
    expect(out).toMatch(/a month +\$0\.\d+ +\$12\.5\d+ +/)
    const { volume } = JSON.parse((await cli('estimate prompt.md -m gpt-5-test --calls-per-day 10 --json')).out)
    expect(volume.months).toHaveLength(12)
    expect((await cli('estimate prompt.md -m gpt-5-test --growth 0.1')).status).toBe(2)
  })
})

describe('output for programs', () => {
  it('is JSON with every detail', async () => {
    const { out } = await cli('estimate body.json --json')
    expect(JSON.parse(out)).toMatchObject({
      model: 'gpt-5-test',
      price: { table: '2026.11.01' },
      cost: { low: { usd: expect.any(Number) } },
    })
    expect(JSON.parse((await cli('compare prompt.md --json --models gpt-5-test,gpt-4o-plain')).out)).toHaveLength(2)
    expect(JSON.parse((await cli('count prompt.md --model gpt-5 --json')).out)).toMatchObject([
      { file: 'prompt.md', tokens: 6, method: 'exact' },
    ])
    expect(JSON.parse((await cli('models --json')).out)).toHaveLength(6)
    expect(JSON.parse((await cli('price gpt-5-test --json')).out)).toMatchObject({ rates: { inputUsdPerMTok: '1' } })
    expect(JSON.parse((await cli('price gpt-5-test --history --json')).out)).toHaveLength(2)
    expect(JSON.parse((await cli('price gpt-5-test --diff 2026-01-01 --json')).out)).toMatchObject({
      changes: { length: 3 },
    })
  })

  it('is CSV with one row each', async () => {
    const rows = async (line: string) => (await cli(line)).out.trimEnd().split('\r\n')
    expect(await rows('count prompt.md body.json --model gpt-5 --csv')).toHaveLength(3)
    expect(await rows('models --csv')).toHaveLength(7)
    const [header, row] = await rows('compare prompt.md --models gpt-5-test --csv')
    expect(header?.split(',')).toHaveLength(row?.split(',').length ?? 0)
    expect(row).toContain(
      'openai/gpt-5-test#2026-03-01T00:00:00.000Z,2026.11.01,2026-11-01,https://prices.example/list',
    )
  })
})

describe('input', () => {
  it('comes from a pipe, named or not', async () => {
    for (const args of [
      ['estimate', '-m', 'gpt-5-test', '--json'],
      ['estimate', '-', '-m', 'gpt-5-test', '--json'],
    ]) {
      const { out } = await session(args, { ...setting, stdin: 'Why is the sky blue?' })
      expect(JSON.parse(out).input.tokens).toBe(
        JSON.parse((await cli('estimate prompt.md -m gpt-5-test --json')).out).input.tokens,
      )
    }
  })

  it('is a request body only when it looks like one', async () => {
    const tokens = async (text: string, flags = '') =>
      JSON.parse((await cli(`count - -m gpt-5 --json ${flags}`.trim(), { stdin: text })).out)[0]
    expect((await tokens(body)).method).toBe('rule')
    expect((await tokens(body, '--text')).method).toBe('exact')
    expect((await tokens('{ not json')).method).toBe('exact')
    expect((await tokens('{"some": "data"}')).method).toBe('exact')
  })

  it('survives bytes that are no text', async () => {
    const { out } = await cli('count - -m gpt-5 --json', { stdin: Uint8Array.of(0xff, 0xc3, 0x28, 0x00) })
    expect(JSON.parse(out)[0].tokens).toBeGreaterThan(0)
  })
})

describe('exit status', () => {
  it.each([
    ['estimate prompt.md -m gpt-5-test', 0],
    ['estimate prompt.md -m gpt-5-test --max-output 10 --max-cost 1', 0],
    ['estimate prompt.md -m gpt-5-test --max-output 10 --max-cost 0.00001', 1],
    ['compare prompt.md --models gpt-5-test,gpt-4o-plain --max-cost 0.0001', 1],
    ['price gpt-5-test --check', 0],
    ['price gpt-5-test --check --at 2025-08-08', 0],
    ['price --check', 0],
    ['price --max-age 1', 0],
    ['price gpt-5-test --max-age 1', 0],
    ['models gpt-5-test --max-price 4', 0],
    ['models gpt-5-test --max-price 3.99', 3],
    ['models --max-price much', 2],
    ['price --check --history', 2],
    ['price gpt-5-test --max-age -1', 2],
    ['compare prompt.md --models gpt-5-test,gpt-9', 3],
    ['compare prompt.md --models gpt-9,gpt-10', 3],
    ['compare prompt.md --models gpt-5-test,gpt-9 --max-cost 0.0001', 1],
    ['', 2],
    ['fly', 2],
    ['estimate prompt.md', 2],
    ['estimate', 2],
    ['estimate prompt.md other.md -m gpt-5-test', 2],
    ['estimate prompt.md -m gpt-5-test --max-output ten', 2],
    ['estimate prompt.md -m gpt-5-test --max-cost -1', 2],
    ['estimate prompt.md -m gpt-5-test --at yesterday', 2],
    ['estimate prompt.md -m gpt-5-test --at 2026-02-30', 2],
    ['estimate nameless.json', 2],
    ['count nameless.json', 2],
    ['estimate prompt.md -m gpt-5-test --task poem', 2],
    ['estimate prompt.md -m gpt-5-test --unknown', 2],
    ['count prompt.md', 2],
    ['count prompt.md -m gpt-5 --json --csv', 2],
    ['price', 2],
    ['price gpt-5-test --history --diff 2026-01-01', 2],
    ['estimate prompt.md -m gpt-9', 3],
    ['estimate prompt.md -m __proto__', 3],
    ['estimate prompt.md -m gpt-5-test --at 2020-01-01', 3],
    ['compare prompt.md --models gpt-5-test,constructor', 3],
    ['price toString', 3],
    ['models nothing-like-this', 3],
    ['estimate missing.md -m gpt-5-test', 4],
    ['estimate . -m gpt-5-test', 4],
    ['count prompt.md missing.md -m gpt-5', 4],
  ])('of tokenfare %s is %d', async (line, status) => {
    const files = { ...setting.files, 'nameless.json': '{"model":5,"prompt":"hi"}' }
    const result = await session(line.split(' ').filter(Boolean), { ...setting, files })
    expect(result.status).toBe(status)
    if (status > 0) expect(result.error).not.toBe('')
    else expect(result.error).toBe('')
    expect(result.error).not.toMatch(/\n\s+at /)
  })

  it('row 28: --max-age fails for a price and for the whole table, exactly above the limit', async () => {
    const asOf = Date.parse('2026-11-01')
    const daysLater = (days: number) => ({ clock: () => asOf + days * 86_400_000 })
    for (const command of ['price gpt-5-test --max-age 7', 'price --max-age 7']) {
      expect((await cli(command, daysLater(7))).status).toBe(0)
      expect((await cli(command, daysLater(8))).status).toBe(1)
    }
    const { out } = await cli('price --max-age 7 --json', daysLater(8))
    expect(JSON.parse(out)).toMatchObject({ ageDays: 8, stale: true, maxAgeDays: 7 })
  })

  it('compares the other models where one has no price, and says which', async () => {
    const line = 'compare prompt.md --models gpt-9,gpt-5-test --max-output 10'
    const { out, error } = await cli(line)
    expect(out).toMatch(/openai\/gpt-5-test .*\$0/)
    expect(out).toMatch(/gpt-9 +unpriced/)
    expect(error).toMatch(/^tokenfare: unknown model "gpt-9"/)
    const [priced, unpriced] = JSON.parse((await cli(`${line} --json`)).out)
    expect(priced).toMatchObject({ model: 'gpt-5-test' })
    expect(unpriced).toMatchObject({ model: 'gpt-9', code: 'unknown-model' })
    expect((await cli(`${line} --csv`)).out.split('\r\n')[2]).toMatch(/^,gpt-9,+false,+$/)
  })

  it('tells prices that may be out of date', async () => {
    const later = { clock: () => Date.parse('2027-03-01') }
    const { status, error } = await cli('price gpt-5-test --check', later)
    expect(status).toBe(1)
    expect(error).toMatch(/read 120 days ago/)
  })

  it('goes on to the other files', async () => {
    const { out, error } = await cli('count missing.md prompt.md -m gpt-5')
    expect(error).toBe('tokenfare: missing.md: no such file\n')
    expect(out).toMatch(/6 {2}prompt\.md/)
  })

  it('is 1 when no limit can be kept, since a part of the call has no bound', async () => {
    const open = JSON.stringify({ model: 'gpt-5-test', input: 'hi', tools: [{ type: 'web_search' }] })
    const files = { 'open.json': open }
    for (const line of ['estimate open.json --max-cost 9', 'compare open.json --models gpt-5-test --max-cost 9']) {
      const { status, error } = await cli(line, { files })
      expect(status, line).toBe(1)
      expect(error).toMatch(/no limit can be kept/)
    }
  })

  it('reads JSON after a byte order mark, and the model of a body for a forecast', async () => {
    const files = { 'bom.json': `\uFEFF${body}` }
    expect((await cli('estimate bom.json --json', { files })).status).toBe(0)
    expect((await cli('forecast bom.json --turns 2', { files })).status).toBe(0)
  })

  it('says in a line what is wrong with an option', async () => {
    const { error } = await cli('estimate prompt.md -m gpt-5-test --max-cost -1')
    expect(error).not.toContain('\\x0a')
    expect(error.split('\n')).toHaveLength(3)
  })

  it('suggests models', async () => {
    expect((await cli('price gpt-5-tset')).error).toMatch(/unknown model "gpt-5-tset"; did you mean gpt-5-test/)
    expect((await cli('price nothing-like-it')).error).toMatch(/known ones\nTry: tokenfare models QUERY\n$/)
  })

  it('is 3 for a model without a known rate, and heeds --check with --history', async () => {
    expect((await session('price zai/glm-4.5-flash'.split(' '), {})).status).toBe(3)
    const later = { clock: () => Date.parse('2027-03-01') }
    expect((await cli('price gpt-5-test --check --history', later)).status).toBe(1)
  })

  it('is 0 for every example of prices and models', async () => {
    for (const name of ['price', 'models']) {
      const { out } = await cli(`${name} --help`)
      const examples = [...out.matchAll(/^ {2}tokenfare (.+)$/gm)].map(([, line]) => line as string).slice(1)
      expect(examples.length).toBeGreaterThan(2)
      const clock = () => Date.parse('2026-11-29')
      for (const line of examples) expect((await session(line.split(' '), { clock })).status, line).toBe(0)
    }
  })

  it('says where the last price of a model is found that has none now', async () => {
    const { status, error } = await cli('price gpt-5-test --at 2020-01-01')
    expect(status).toBe(3)
    expect(error).toMatch(/\nTry: tokenfare price openai\/gpt-5-test --history\n$/)
  })
})

describe('hostile names', () => {
  // ESC, OSC 52 and 8, CR, C1, bidi override, zero width, an invisible tag
  const name = 'a\x1b[2J\x1b]52;c;YQ==\x07\x1b]8;;x\x1b\\b\r\x9b1m\u202ec\u200b\u{e0041}'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is its purpose
  const raw = /[\0-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u{e0000}-\u{e007f}]|\r(?!\n)/u

  it.each([
    ['count', name, '-m', 'gpt-5'],
    ['count', name, '-m', 'gpt-5', '--json'],
    ['count', name, '-m', 'gpt-5', '--csv'],
    ['count', `missing-${name}`, '-m', 'gpt-5'],
    ['estimate', 'prompt.md', '-m', name],
    ['estimate', 'prompt.md', '-m', 'gpt-5-test', '--seller', name],
    ['estimate', 'prompt.md', '-m', 'gpt-5-test', '--at', name],
    ['estimate', 'prompt.md', '-m', 'gpt-5-test', '--region', name],
    ['models', name],
    ['price', name],
    [name],
    ['price', `--${name}`],
  ])('reach no terminal raw: %#', async (...args) => {
    const { out, error } = await session(args, { ...setting, files: { ...setting.files, [name]: 'text' } })
    expect(out + error).not.toMatch(raw)
    expect(out + error).not.toBe('')
  })

  it('are no formulas in a spreadsheet', async () => {
    const { out } = await session(['count', '=cmd()', '-m', 'gpt-5', '--csv'], { ...setting, files: { '=cmd()': 'x' } })
    expect(out).toContain("\r\n'=cmd(),1,")
  })
})

describe('pack', () => {
  /** The beginning of a tiktoken file: the 256 bytes, then one merge. */
  const tiktoken = [...Array(256).keys()]
    .map((byte) => `${btoa(String.fromCharCode(byte))} ${byte}`)
    .concat(`${btoa('ab')} 256`)
    .join('\n')
  const files = { 'x.tiktoken': tiktoken }

  it('writes what loadPack reads', async () => {
    const { out, status, error } = await cli('pack x.tiktoken --pattern \\p{L}+', { files })
    expect({ status, error }).toEqual({ status: 0, error: '' })
    expect(loadPack(out).encode('abc')).toEqual([256, 99])
  })

  it('replaces a file only when told to', async () => {
    const written = new Map([['x.pack', 'precious']])
    const refused = await cli('pack x.tiktoken --pattern \\p{L}+ --out x.pack', { files, written })
    expect(refused).toMatchObject({ status: 4, error: 'tokenfare: x.pack: exists already; --force replaces it\n' })
    expect(written.get('x.pack')).toBe('precious')
    expect((await cli('pack x.tiktoken --pattern \\p{L}+ --out x.pack --force', { files, written })).status).toBe(0)
    expect(loadPack(written.get('x.pack') ?? '').count('abc')).toBe(2)
  })

  it('refuses what is no tokenizer', async () => {
    const { status, error } = await cli('pack prompt.md')
    expect(status).toBe(4)
    expect(error).toMatch(/^tokenfare: .+\n$/)
  })
})
