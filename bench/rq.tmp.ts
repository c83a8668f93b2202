/**
 * What counting a whole request costs beside counting its text: a chat of 20 messages with 10 tools through `countTokens`, against
 * every message text and the tools' JSON, as strings made beforehand, through the same vocabulary's `count`; and against the same
 * strings counted for the model, which is more than the vocabulary's count where that only stands in for the model's. Outputs are checked
 * first: a request must hold more tokens than its messages and fewer than twice its text, and the same request must count the same
 * twice. Rounds interleaved, CPU time, medians. `fresh` requests are counted once each and never seen again; `repeated` ones many times over.
 * Then the whole estimate, price included, of a chat of 2 kB with three tools.
 *
 * Run: `npm run bench:request` (builds first).
 */
import { cpus } from 'node:os'
import { randomSource } from '../tests/reference/fuzz-text.ts'

type Package = typeof import('../src/index.ts')
interface Vocabulary {
  readonly name: string
  count(text: string): number
}

const dist = new URL('../dist/', import.meta.url)
const load = async (path: string): Promise<unknown> => import(new URL(path, dist).href)
const encodingOf = async (name: string): Promise<Vocabulary> =>
  ((await load(`encodings/${name}.js`)) as { default: Vocabulary }).default

const { createEstimator } = (await load('index.js')) as Package
const vocabularies = await Promise.all(['o200k_base', 'claude_legacy', 'qwen3', 'tekken'].map(encodingOf))
const estimator = createEstimator({ encodings: vocabularies as never })

interface Case {
  readonly model: string
  readonly body: object
  readonly texts: readonly string[]
}
type Shape = 'openai' | 'anthropic' | 'gemini'
const models: readonly { readonly model: string; readonly seller?: string; readonly shape: Shape }[] = [
  { model: 'gpt-4o', shape: 'openai' },
  { model: 'gpt-5', shape: 'openai' },
  { model: 'claude-sonnet-4-5', shape: 'anthropic' },
  { model: 'claude-opus-4-8', shape: 'anthropic' },
  { model: 'gemini-2.5-flash', shape: 'gemini' },
  { model: 'llama-3.1-8b-instant', seller: 'groq', shape: 'openai' },
]

const source = randomSource(7)
const random = (): number => source(2 ** 32) / 2 ** 32
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
const words =
  `the of and to in is that for on with as this we can be are from by an it not or at if have which will each
  request model token count price tool message system answer question order customer invoice delivery warehouse status refund
  please check whether account balance update tomorrow meeting report summary section figure table result function returns value
  parameter optional required default between several different information about another because through during without`.split(
    /\s+/,
  )
const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

function sentence(): string {
  const length = 6 + Math.floor(random() * 12)
  const chosen = Array.from({ length }, () => pick(words))
  if (random() < 0.3) chosen[2] = `${chosen[2]},`
  if (random() < 0.25) chosen[3] = String(Math.floor(random() * 5000))
  return `${capitalised(chosen.join(' '))}.`
}

function text(chars: number): string {
  let made = sentence()
  while (made.length < chars) made += random() < 0.15 ? `\n\n- ${sentence()}` : ` ${sentence()}`
  return made
}

function toolOf(index: number) {
  const property = (type: string) => ({ type, description: sentence() })
  return {
    name: `${pick(words)}_${pick(words)}_${index}`,
    description: text(120),
    schema: {
      type: 'object',
      properties: {
        [`${pick(words)}_id`]: property('string'),
        query: property('string'),
        limit: property('integer'),
        status: { type: 'string', enum: ['open', 'closed', 'pending'], description: sentence() },
        filters: { type: 'object', properties: { from: { type: 'string' }, until: { type: 'string' } } },
      },
      required: ['query'],
      additionalProperties: false,
    },
  }
}

function makeCase(model: string, shape: Shape, messageCount: number, chars: number, toolCount: number): Case {
  const system = text(chars)
  const turns = Array.from({ length: messageCount - 1 }, (_, index) => ({ user: index % 2 === 0, text: text(chars) }))
  const tools = Array.from({ length: toolCount }, (_, index) => toolOf(index))
  const texts = (list: readonly unknown[]) => [system, ...turns.map((turn) => turn.text), JSON.stringify(list)]
  if (shape === 'gemini') {
    const declarations = tools.map(({ name, description, schema }) => ({ name, description, parameters: schema }))
    const contents = turns.map((turn) => ({ role: turn.user ? 'user' : 'model', parts: [{ text: turn.text }] }))
    const body = {
      contents,
      systemInstruction: { parts: [{ text: system }] },
      tools: [{ functionDeclarations: declarations }],
    }
    return { model, body, texts: texts(declarations) }
  }
  const messages = turns.map((turn) => ({ role: turn.user ? 'user' : 'assistant', content: turn.text }))
  if (shape === 'anthropic') {
    const list = tools.map(({ name, description, schema }) => ({ name, description, input_schema: schema }))
    return { model, body: { model, max_tokens: 1024, system, messages, tools: list }, texts: texts(list) }
  }
  const list = tools.map(({ name, description, schema }) => ({
    type: 'function',
    function: { name, description, parameters: schema },
  }))
  const all = [{ role: 'system', content: system }, ...messages]
  return { model, body: { model, messages: all, tools: list }, texts: texts(list) }
}

function cpuMicros(run: () => void): number {
  const start = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(start)
  return user + system
}

const ROUNDS = 90
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number

interface Figures {
  readonly textMicros: number
  readonly modelTextMicros: number
  readonly requestMicros: number
  /** Of the request to the vocabulary's count of the text, and to the model's. */
  readonly ratio: number
  readonly modelRatio: number
}

/** Medians over rounds, each of which counts every case in every way, in turn first. */
function measure(make: () => readonly Case[], terms: object, vocabulary: Vocabulary, repeats: number): Figures {
  const byText: number[] = []
  const byModelText: number[] = []
  const byRequest: number[] = []
  let calls = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const cases = make()
    calls = repeats * cases.length
    const textRun = () => {
      for (let time = 0; time < repeats; time += 1)
        for (const { texts } of cases) for (const one of texts) vocabulary.count(one)
    }
    const modelTextRun = () => {
      for (let time = 0; time < repeats; time += 1)
        for (const { texts, model } of cases) for (const one of texts) estimator.countTokens(one, { model, ...terms })
    }
    const requestRun = () => {
      for (let time = 0; time < repeats; time += 1)
        for (const { body, model } of cases) estimator.countTokens(body, { model, ...terms })
    }
    const runs = [
      () => byText.push(cpuMicros(textRun)),
      () => byModelText.push(cpuMicros(modelTextRun)),
      () => byRequest.push(cpuMicros(requestRun)),
    ]
    // Texts that are new to all three cost the first the most.
    for (let turn = round % 3; turn > 0; turn -= 1) runs.push(runs.shift() as () => number)
    for (const run of runs) run()
  }
  const warm = Math.floor(ROUNDS / 3)
  const micros = (list: readonly number[]): number => median(list.slice(warm)) / calls
  const ratioTo = (list: readonly number[]): number =>
    median(byRequest.map((own, index) => own / (list[index] as number)).slice(warm))
  return {
    textMicros: micros(byText),
    modelTextMicros: micros(byModelText),
    requestMicros: micros(byRequest),
    ratio: ratioTo(byText),
    modelRatio: ratioTo(byModelText),
  }
}

function verify({ model, body, texts }: Case, terms: object, vocabulary: Vocabulary): void {
  const first = estimator.countTokens(body, { model, ...terms })
  const again = estimator.countTokens(structuredClone(body), { model, ...terms })
  const messages = texts.slice(0, -1).reduce((sum, one) => sum + vocabulary.count(one), 0)
  if (first.encoding !== vocabulary.name)
    throw new Error(`${model} counts by ${first.encoding}, not ${vocabulary.name}`)
  if (first.tokens !== again.tokens) throw new Error(`${model}: ${first.tokens} tokens, then ${again.tokens}`)
  const all = texts.reduce((sum, one) => sum + vocabulary.count(one), 0)
  if (!(first.tokens > messages) || !(first.tokens < 2 * all))
    throw new Error(`${model}: ${first.tokens} tokens for messages of ${messages}, with tools ${all}`)
}

const write = (line: string): void => void process.stdout.write(`${line}\n`)
write(`${cpus()[0]?.model}, Node ${process.version}; µs of CPU time, medians`)
write(
  `${'20 messages, 10 tools'.padEnd(34)} ${['text', 'for model', 'request'].map((head) => head.padStart(9)).join(' ')}   ratio to text, to text for model`,
)
const CASES = 10
for (const { model, seller, shape } of models)
  for (let time = 0; time < 200; time += 1) {
    const { body, texts } = makeCase(model, shape, 20, 250, 10)
    estimator.countTokens(body, seller === undefined ? { model } : { model, seller })
    for (const one of texts) for (const vocabulary of vocabularies.slice(0, 2)) vocabulary.count(one)
  }
for (const { model, seller, shape } of models.slice(0, 2)) {
  const terms = seller === undefined ? {} : { seller }
  const some = makeCase(model, shape, 20, 250, 10)
  const name = estimator.countTokens(some.body, { model, ...terms }).encoding
  const vocabulary = vocabularies.find((one) => one.name === name) as Vocabulary
  verify(some, terms, vocabulary)
  const make = () => Array.from({ length: CASES }, () => makeCase(model, shape, 20, 250, 10))
  const same = make()
  const kinds = {
    fresh: measure(make, terms, vocabulary, 1),
    repeated: measure(() => same, terms, vocabulary, 4),
  }
  for (const [kind, figures] of Object.entries(kinds)) {
    const { textMicros, modelTextMicros, requestMicros, ratio, modelRatio } = figures
    const micros = [textMicros, modelTextMicros, requestMicros].map((one) => one.toFixed(0).padStart(9))
    write(`${`${model}, ${kind}`.padEnd(34)} ${micros.join(' ')}   ${ratio.toFixed(2)} ×, ${modelRatio.toFixed(2)} ×`)
  }
}
