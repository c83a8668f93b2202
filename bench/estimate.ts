/**
 * A whole estimate before a call (a chat of 2 kB with three tools) beside counting the same text and tools with gpt-tokenizer and
 * pricing with @pydantic/genai-prices; and a comparison over 500 models. Text that neither has seen, outputs compared first, turns
 * taken call by call, CPU time of this process, medians.
 *
 * Run: npm ci --prefix bench && npm run build && npx tsx bench/estimate.ts
 */
import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { calcPrice } from '@pydantic/genai-prices'

const root = join(import.meta.dirname, '..')
const CHAT_CHARACTERS = 2000
const WARM_UP = 400
const MEASURED = 400
const COMPARISONS = 60
const COMPARED_MODELS = 500
const MODEL = 'gpt-4o'

interface Request {
  readonly model: string
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }[]
  readonly tools: readonly unknown[]
  readonly max_completion_tokens: number
}

const weather = {
  name: 'get_weather',
  description: 'The weather at a place, now or on a day within two weeks.',
  parameters: {
    type: 'object',
    properties: {
      place: { type: 'string', description: 'Town and country, for example Oslo, Norway' },
      day: { type: 'string', description: 'ISO date; left out for now' },
      unit: { type: 'string', enum: ['celsius', 'fahrenheit'] },
    },
    required: ['place'],
  },
}
const search = {
  name: 'search_orders',
  description: 'Finds orders of a customer, newest first.',
  parameters: {
    type: 'object',
    properties: {
      customer: { type: 'string', description: 'Number of the customer' },
      status: { type: 'string', enum: ['open', 'sent', 'returned'] },
      limit: { type: 'number', description: 'At most so many' },
    },
    required: ['customer'],
  },
}
const refund = {
  name: 'refund_order',
  description: 'Pays an order back, in whole or in part.',
  parameters: {
    type: 'object',
    properties: {
      order: { type: 'string' },
      amount: { type: 'number', description: 'In euros; left out for all of it' },
      reason: { type: 'string', description: 'For the customer, in one sentence' },
    },
    required: ['order', 'reason'],
  },
}
const functions = [weather, search, refund]

/** Prose of installed packages, cut into chats; no stretch comes twice. */
function* chats(): Generator<Request> {
  const modules = join(root, 'node_modules')
  const files = readdirSync(modules, { recursive: true, encoding: 'utf8' }).filter((file) => /\.md$/i.test(file))
  const seen = new Set<string>()
  for (const file of files.sort()) {
    const text = readFileSync(join(modules, file), 'utf8')
    for (let at = 0; at + CHAT_CHARACTERS <= text.length; at += CHAT_CHARACTERS) {
      const stretch = text.slice(at, at + CHAT_CHARACTERS)
      if (seen.has(stretch)) continue
      seen.add(stretch)
      yield {
        model: MODEL,
        messages: [
          { role: 'system', content: stretch.slice(0, 400) },
          { role: 'user', content: stretch.slice(400, 900) },
          { role: 'assistant', content: stretch.slice(900, 1500) },
          { role: 'user', content: stretch.slice(1500) },
        ],
        tools: functions.map((one) => ({ type: 'function', function: one })),
        max_completion_tokens: 800,
      }
    }
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number

function cpuMicros(run: () => unknown): number {
  const start = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(start)
  return user + system
}

/** CPU time is counted in steps of about a microsecond, so a chunk of calls is measured at once. */
const CHUNK = 10

async function main(): Promise<void> {
  const { createEstimator, listModels } = (await import(
    join(root, 'dist/index.js')
  )) as typeof import('../src/index.ts')
  const encodingNames = readdirSync(join(root, 'dist/encodings')).filter((file) => /^[a-z0-9_]+\.js$/.test(file))
  const encodings = await Promise.all(
    encodingNames.map(async (file) => (await import(join(root, 'dist/encodings', file))).default),
  )
  const estimator = createEstimator({ encodings })
  const peer = (await import(join(root, 'bench/node_modules/gpt-tokenizer/esm/model', `${MODEL}.js`))) as {
    countTokens: (text: string) => number
    countChatCompletionTokens: (request: object) => number
  }
  const at = new Date('2026-11-22T00:00:00Z')
  const ours = (request: Request) => estimator.estimateCost(request, { at, output: { expected: 200 } })
  const theirs = (request: Request) => {
    const inputTokens = peer.countChatCompletionTokens({ messages: request.messages, functions })
    const price = (output: number) =>
      calcPrice({ input_tokens: inputTokens, output_tokens: output }, MODEL, { providerId: 'openai', timestamp: at })
    return { inputTokens, low: price(0), expected: price(200), high: price(request.max_completion_tokens) }
  }
  const source = chats()
  const next = (): Request => {
    const { value, done } = source.next()
    if (done) throw new Error('too little text is installed')
    return value as Request
  }

  let most = 0
  for (let i = 0; i < WARM_UP; i++) {
    const request = next()
    const [mine, other] = [ours(request), theirs(request)]
    most = Math.max(most, Math.abs(mine.input.tokens - other.inputTokens))
    const perToken = mine.cost.expected.usd / (mine.input.tokens * 2.5 + 200 * 10)
    const perTheirs = (other.expected?.total_price ?? 0) / (other.inputTokens * 2.5 + 200 * 10)
    if (Math.abs(perToken / perTheirs - 1) > 1e-9) throw new Error('the two price a token differently')
    if (
      i < 20 &&
      encodings.find(({ name }) => name === 'o200k_base').count(request.messages[3]?.content) !==
        peer.countTokens(request.messages[3]?.content as string)
    )
      throw new Error('the two count a text differently')
  }
  if (most > 12) throw new Error(`the two count a request with tools differently by ${most} tokens`)

  const samples = { ours: [] as number[], theirs: [] as number[] }
  for (let i = 0; i < MEASURED / CHUNK; i++) {
    const requests = Array.from({ length: CHUNK }, next)
    const run = { ours: () => requests.forEach(ours), theirs: () => requests.forEach(theirs) }
    const order = i % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)
    for (const name of order) samples[name].push(cpuMicros(run[name]) / CHUNK)
  }
  const [mine, other] = [median(samples.ours), median(samples.theirs)]

  const models: string[] = []
  for (const { seller, id } of listModels({ kind: 'chat', includeMarketplaces: true })) {
    if (models.length === COMPARED_MODELS) break
    try {
      estimator.estimateCost('hi', { model: `${seller}/${id}`, at })
      models.push(`${seller}/${id}`)
    } catch {
      // On request, or only images: not in a comparison of chats.
    }
  }
  const comparisons = Array.from({ length: COMPARISONS }, next).map(({ messages }) => {
    const run = () => estimator.compareModels({ messages }, models, { at })
    return cpuMicros(run) / 1000
  })
  const print = (line: string) => process.stdout.write(`${line}\n`)
  print(`${cpus()[0]?.model}, Node ${process.version}`)
  print(
    `requests of ${CHAT_CHARACTERS} characters and ${functions.length} tools; counts differ by at most ${most} tokens`,
  )
  print(`tokenfare estimateCost                      ${mine.toFixed(1)} µs`)
  print(`gpt-tokenizer + genai-prices                ${other.toFixed(1)} µs  (${(other / mine).toFixed(1)} ×)`)
  print(`compareModels over ${models.length} models   ${median(comparisons.slice(10)).toFixed(2)} ms`)
}

await main()
