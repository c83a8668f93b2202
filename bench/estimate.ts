/**
 * A whole estimate before a call (a chat of 2 kB with three tools) beside counting the same text and tools with gpt-tokenizer and
 * pricing with @pydantic/genai-prices; and a comparison over 500 models. Each in a process of its own, so that neither clears up
 * after the other, in turns on the same requests, which neither has seen; the time of a call, medians. Outputs are compared for every
 * request.
 *
 * Run: npm ci --prefix bench && npm run build && npx tsx bench/estimate.ts
 */
import { type ChildProcess, fork } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { calcPrice } from '@pydantic/genai-prices'
import { corpus } from './corpora.ts'

const root = join(import.meta.dirname, '..')
const CHAT_CHARACTERS = 2000
/**
 * Both sides are warm when their tables know the common words and their code is compiled. V8 compiles a function that runs once a call only
 * after thousands of calls, so the requests of the warm-up come again, and none of them later.
 */
const WARM_UP = 1500
const WARM_UP_ROUNDS = 16
const MEASURED = 800
/** Comparisons call each part less often than 1,500 estimates do; before some 300 the compiler takes more time than they. */
const COMPARISON_WARM_UP = 300
const COMPARISONS = 80
const EXPECTED = 200
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

/** English prose cut into chats; no stretch comes twice. */
function* chats(): Generator<Request> {
  const text = corpus('english').join('')
  for (let at = 0; at + CHAT_CHARACTERS <= text.length; at += CHAT_CHARACTERS) {
    const stretch = text.slice(at, at + CHAT_CHARACTERS)
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

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number

function microsOf(run: () => unknown): number {
  const start = performance.now()
  run()
  return 1000 * (performance.now() - start)
}

/** Calls of one side before it is the other's turn. */
const CHUNK = 10

/** What one call gives, in the form in which the two are compared. */
interface Outcome {
  readonly inputTokens: number
  /** Dollars of the expected call. */
  readonly usd: number
}

type Role = 'tokenfare' | 'gpt-tokenizer + genai-prices' | 'comparison'

const at = new Date('2026-11-22T00:00:00Z')

async function estimatorOfAll(): Promise<ReturnType<typeof import('../src/index.ts').createEstimator>> {
  const { createEstimator } = (await import(join(root, 'dist/index.js'))) as typeof import('../src/index.ts')
  const files = readdirSync(join(root, 'dist/encodings')).filter((file) => /^[a-z0-9_]+\.js$/.test(file))
  const encodings = await Promise.all(
    files.map(async (file) => (await import(join(root, 'dist/encodings', file))).default),
  )
  return createEstimator({ encodings })
}

async function makeReady(role: Role): Promise<(request: Request) => Outcome> {
  if (role === 'tokenfare') {
    const estimator = await estimatorOfAll()
    return (request) => {
      const { input, cost } = estimator.estimateCost(request, { at, output: { expected: EXPECTED } })
      return { inputTokens: input.tokens, usd: cost.expected.usd }
    }
  }
  const peer = (await import(join(root, 'bench/node_modules/gpt-tokenizer/esm/model', `${MODEL}.js`))) as {
    countChatCompletionTokens: (request: object) => number
  }
  return (request) => {
    const inputTokens = peer.countChatCompletionTokens({ messages: request.messages, functions })
    const price = (output: number) =>
      calcPrice({ input_tokens: inputTokens, output_tokens: output }, MODEL, { providerId: 'openai', timestamp: at })
    // A range as well: no reply, the expected, the longest.
    const [, expected] = [price(0), price(EXPECTED), price(request.max_completion_tokens)]
    return { inputTokens, usd: expected?.total_price ?? Number.NaN }
  }
}

async function compare(source: Iterator<Request>): Promise<number[]> {
  const { listModels } = (await import(join(root, 'dist/index.js'))) as typeof import('../src/index.ts')
  const estimator = await estimatorOfAll()
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
  if (models.length < COMPARED_MODELS) throw new Error(`only ${models.length} models can be compared`)
  const milliseconds = Array.from({ length: COMPARISON_WARM_UP + COMPARISONS }, () => {
    const { messages } = source.next().value as Request
    return microsOf(() => estimator.compareModels({ messages }, models, { at })) / 1000
  })
  return milliseconds.slice(COMPARISON_WARM_UP)
}

/** A measured process: warms up, then measures a chunk of requests each time it is asked. */
async function measure(role: Role): Promise<void> {
  const source = chats()
  const next = (): Request => source.next().value as Request
  if (role === 'comparison') {
    process.send?.({ micros: (await compare(source)).map((ms) => 1000 * ms), outcomes: [] })
    return
  }
  const call = await makeReady(role)
  const seen = Array.from({ length: WARM_UP }, next)
  for (let round = 0; round < WARM_UP_ROUNDS; round++) for (const request of seen) call(request)
  process.on('message', () => {
    const requests = Array.from({ length: CHUNK }, next)
    const outcomes: Outcome[] = []
    const micros = requests.map((request) => microsOf(() => outcomes.push(call(request))))
    process.send?.({ micros, outcomes } satisfies Measured)
  })
  process.send?.('ready')
}

interface Measured {
  readonly micros: readonly number[]
  readonly outcomes: readonly Outcome[]
}

function answer(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.removeAllListeners()
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`a measured process ended with exit code ${code}`)))
  })
}

async function main(): Promise<void> {
  // Makes the texts where there are none: two processes at once would be in each other's way.
  corpus('english')
  const start = (role: Role): ChildProcess => fork(import.meta.filename, [role], { execArgv: ['--import', 'tsx'] })
  const roles = ['tokenfare', 'gpt-tokenizer + genai-prices'] as const
  const children = new Map(roles.map((role) => [role, start(role)]))
  // All at once: one that is ready before it is listened to would be waited for without end.
  await Promise.all([...children.values()].map(answer))
  const micros = new Map<Role, number[]>(roles.map((role) => [role, []]))
  let mostTokens = 0
  for (let chunk = 0; chunk < MEASURED / CHUNK; chunk++) {
    const outcomes: (readonly Outcome[])[] = []
    for (const role of chunk % 2 === 0 ? roles : [...roles].reverse()) {
      const child = children.get(role) as ChildProcess
      child.send('next')
      const measured = (await answer(child)) as Measured
      micros.get(role)?.push(...measured.micros)
      outcomes.push(measured.outcomes)
    }
    for (let i = 0; i < CHUNK; i++) mostTokens = Math.max(mostTokens, difference(outcomes[0]?.[i], outcomes[1]?.[i]))
  }
  for (const child of children.values()) {
    child.removeAllListeners()
    child.kill()
  }
  const comparison = start('comparison')
  const compared = ((await answer(comparison)) as Measured).micros
  comparison.removeAllListeners()
  comparison.kill()
  const [mine, other] = roles.map((role) => median(micros.get(role) as number[])) as [number, number]
  const print = (line: string) => process.stdout.write(`${line}\n`)
  print(`${cpus()[0]?.model}, Node ${process.version}`)
  print(
    `requests of ${CHAT_CHARACTERS} characters and ${functions.length} tools; counts differ by at most ${mostTokens} tokens`,
  )
  print(`tokenfare estimateCost                      ${mine.toFixed(1)} µs`)
  print(`gpt-tokenizer + genai-prices                ${other.toFixed(1)} µs  (${(other / mine).toFixed(1)} ×)`)
  print(`compareModels over ${COMPARED_MODELS} models   ${(median(compared) / 1000).toFixed(2)} ms`)
}

/** By how many input tokens two outcomes differ; they must price a token alike and count the same messages nearly alike. */
function difference(one: Outcome | undefined, other: Outcome | undefined): number {
  if (one === undefined || other === undefined) throw new Error('one of the two did less')
  const perToken = ({ inputTokens, usd }: Outcome): number => usd / (inputTokens * 2.5 + EXPECTED * 10)
  if (Math.abs(perToken(one) / perToken(other) - 1) > 1e-9) throw new Error('the two price a token differently')
  const tokens = Math.abs(one.inputTokens - other.inputTokens)
  if (tokens > 12) throw new Error(`the two count a request with tools differently by ${tokens} tokens`)
  return tokens
}

const role = process.argv[2] as Role | undefined
await (role === undefined ? main() : measure(role))
