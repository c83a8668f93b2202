/** Constants of a prompt frame, measured on a template by rendering small conversations. */
import { Budget } from '../../src/counting/budget.ts'
import { jsonText } from '../../src/counting/json.ts'
import { markupText } from '../../src/counting/markup-tools.ts'
import type { ToolFrame } from '../../src/counting/rules/frames.ts'
import { type CountText, type PromptTokens, type Settings, type Tool, type Turn, toolOf } from './render.ts'

/** As the fields of `Frame` and `ToolFrame` in src/counting/rules/frames.ts. */
export interface MeasuredFrame {
  readonly base: number
  readonly perMessage: number
  readonly perAssistant: number
  readonly perSystem: number | undefined
  readonly perCall: number | undefined
  readonly perArgument: number | undefined
  readonly perResult: number | undefined
  /** What reasoning switched off adds. */
  readonly withoutThinking: number
  readonly tools: MeasuredTools | undefined
}

type Layout = NonNullable<ToolFrame['layout']>

export interface MeasuredTools {
  readonly layout: Layout
  readonly base: number
  readonly perTool: number
  /** What tools cost besides that when there is a system message. */
  readonly withSystem: number
  /** How far the measured prompts were off. */
  readonly slack: number
}

const system: Turn = { role: 'system', content: 'Answer as a pirate would.' }
const user: Turn = { role: 'user', content: 'Where does the river begin?' }
const assistant: Turn = { role: 'assistant', content: 'It begins high in the mountains.' }
const result: Turn = { role: 'tool', content: 'Sunny, 22 degrees' }

const probes: readonly Tool[] = [
  {
    name: 'get_weather',
    description: 'Get the weather of a city.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
  {
    name: 'book_table',
    description: 'Book a table at the restaurant, for one evening.',
    parameters: {
      type: 'object',
      properties: {
        seats: { type: 'integer', description: 'How many seats are needed' },
        when: { type: 'string', enum: ['noon', 'evening'] },
        notes: { type: 'array', items: { type: 'string' } },
      },
      required: ['seats', 'when'],
      additionalProperties: false,
    },
  },
  { name: 'ping', description: 'Says whether the server is up.', parameters: { type: 'object', properties: {} } },
]

const reply: Settings = { opening: true }

export function measureFrame(name: string, prompt: PromptTokens, count: CountText): MeasuredFrame {
  /** Tokens around the texts of a conversation. */
  const around = (turns: readonly Turn[], settings: Settings = reply): number | undefined => {
    const tokens = prompt(turns, settings)
    return tokens === undefined ? undefined : tokens - turns.reduce((sum, { content }) => sum + count(content), 0)
  }
  const must = (turns: readonly Turn[], settings?: Settings): number => {
    const tokens = around(turns, settings)
    if (tokens === undefined) throw new Error(`${name}: the template refuses a plain conversation`)
    return tokens
  }
  const one = must([user])
  const pair = must([user, assistant, user]) - one
  if (must([user, assistant, user, assistant, user]) - one !== 2 * pair)
    throw new Error(`${name}: later turns cost other than earlier ones; a frame cannot say that`)
  const perMessage = (around([user, user]) ?? Number.NaN) - one
  // Templates that refuse two user turns in a row show their halves in prompts that end with either.
  const perUser = Number.isNaN(perMessage)
    ? must([user, assistant, user], { opening: false }) - must([user, assistant], { opening: false })
    : perMessage
  const withSystem = around([system, user])
  const calls = measureCalls(around, count)
  return {
    base: one - perUser,
    perMessage: perUser,
    perAssistant: pair - perUser,
    perSystem: withSystem === undefined ? undefined : withSystem - one,
    perCall: calls?.perCall,
    perArgument: calls?.perArgument || undefined,
    perResult: calls?.perResult,
    withoutThinking: must([user], { opening: true, thinking: false }) - one,
    tools: measureTools(around, count),
  }
}

type Around = (turns: readonly Turn[], settings?: Settings) => number | undefined

interface MeasuredCalls {
  readonly perCall: number
  readonly perArgument: number
  readonly perResult: number
}

/** What a call and its result cost besides their words; `undefined` when the template does not write both. */
function measureCalls(around: Around, count: CountText): MeasuredCalls | undefined {
  const call = (given: object): Turn => ({
    role: 'assistant',
    content: '',
    calls: [{ name: 'get_weather', arguments: given }],
  })
  const left = (...given: readonly object[]): number => {
    const turns = given.flatMap((one) => [call(one), result])
    const words = given.map((one) => count('get_weather') + count(jsonText(one, '', undefined, { layout: 'spaced' })))
    return (around([user, ...turns]) ?? Number.NaN) - around([user])! - words.reduce((sum, one) => sum + one, 0)
  }
  const paris = { city: 'Paris' }
  const pair = left(paris)
  const perArgument = left({ ...paris, country: 'France' }) - pair
  const perResult =
    (around([user, call(paris), result, result]) ?? Number.NaN) - (around([user, call(paris), result]) ?? 0)
  const isWritten = left({ city: 'a town in the mountains' }) === pair && left(paris, { city: 'Rome' }) === 2 * pair
  return isWritten ? { perCall: pair - perArgument - perResult, perArgument, perResult } : undefined
}

/** Layouts of which no set of tools is further off than this count; more than that is another form. */
const mostSlack = 1

/** The layout in which what is left of a prompt's tools is the same for all of them, or nearly; `undefined` when there is none. */
function measureTools(around: Around, count: CountText): MeasuredTools | undefined {
  const bare = around([user])!
  const inPrompt = (tools: readonly Tool[]): number => (around([user], { opening: true, tools }) ?? Number.NaN) - bare
  if (inPrompt(probes) === 0) return undefined
  const sets = [...probes.map((one) => [one]), probes.slice(1), [probes[2]!, probes[0]!], probes]
  const together = (around([system, user], { opening: true, tools: probes }) ?? Number.NaN) - around([system, user])!
  const candidates = (['compact', 'spaced', 'indented', 'markup'] as const).map((layout) => {
    const left = sets.map(
      (tools) => inPrompt(tools) - tools.reduce((sum, one) => sum + definitionTokens(one, layout), 0),
    )
    const perTool = Math.round((left.at(-1)! - left[0]!) / (probes.length - 1))
    const base = left[0]! - perTool
    const slack = Math.max(...sets.map((tools, index) => Math.abs(left[index]! - base - perTool * tools.length)))
    return { layout, base, perTool, withSystem: together - inPrompt(probes), slack }
  })
  return candidates.toSorted((one, other) => one.slack - other.slack).find(({ slack }) => slack <= mostSlack)

  function definitionTokens(tool: Tool, layout: Layout): number {
    return count(definitionText(tool, layout))
  }
}

/** A definition in the counter's form: indented ones are written with what is around them, since that moves their lines. */
function definitionText(tool: Tool, layout: Layout): string {
  if (layout === 'markup') {
    const { name, description = '', parameters } = tool
    return markupText({ name, description, schema: parameters }, '', new Budget())
  }
  const whole = toolOf(tool) as { function: object }
  return jsonText(layout === 'indented' ? whole : whole.function, '', undefined, { layout })
}
