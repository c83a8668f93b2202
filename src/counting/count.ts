/** A request as it will be sent → the input tokens that will be billed for it. */

import { describe, InvalidRequestError, TokenfareError } from '../errors.ts'
import { type Family, familyOf } from '../models/families.ts'
import type { Encoding, EncodingName } from '../tokenizer/types.ts'
import { bareInput } from './adapters/bare.ts'
import { checkApi, detectApi, readRequest } from './adapters/read.ts'
import { Budget } from './budget.ts'
import { countChat } from './chat.ts'
import { Meter, type TextCounter } from './meter.ts'
import { type Fields, field, isFields, textField } from './read.ts'
import type { ChatRequest } from './request.ts'
import { calibrationFor } from './rules/calibrations.ts'
import { claudeClientTool } from './rules/claude-client-tools.ts'
import { type Frame, fallbackFrame } from './rules/frames.ts'
import { currentRules, type RuleSet } from './rules/rule-set.ts'
import { frameFor } from './rules/select.ts'
import { calibratedCounter, exactCounter, heuristicCounter } from './text-counters.ts'
import type { ApiName, AssumptionCode, CountNotice, CountWarningCode, TokenCount } from './types.ts'

export interface CountOptions {
  /** Model id; default: the body's own `model`. */
  readonly model?: string
  /** Who sells the call, when it is not the model's maker: some gateways and clouds frame prompts in their own way. */
  readonly seller?: string
  /** Shape of the body; default: recognised by its fields. */
  readonly api?: ApiName
  /** The day of the call, for rules that change: a `Date` or an ISO string. Default: the rules that have no end yet. */
  readonly at?: Date | string
  /**
   * What to do without the vocabulary that the model needs: `throw` (the default), or `heuristic`: count by classes of characters,
   * with the warning `missing-encoding`. The heuristic's bounds were measured for o200k_base; other vocabularies scatter more.
   */
  readonly missingEncoding?: 'throw' | 'heuristic'
  /** Vocabularies at hand; {@link encodingNeeded} names the one that a model needs. */
  readonly encodings: readonly Encoding[]
}

/** The vocabulary that counting for a model needs: its own where that is public, else the one its calibration stands on. */
export function encodingNeeded(model: string): EncodingName {
  return familyOf(model).encoding
}

/**
 * Billed input tokens of a request, synchronously, with the vocabularies that are passed in.
 *
 * A string counts as bare text. `{ model, prompt }` counts as one user message (as bare text for completion and embedding
 * models). A list is the messages of a chat, as LangChain and others take them. Any other object is a provider-native body.
 *
 * @throws TypeError when the request is neither a string, a list nor an object, or no model is named.
 * @throws TokenfareError `missing-encoding` when the vocabulary of the model is not among `encodings`, unless
 *   `missingEncoding` is `heuristic`.
 * @throws InvalidRequestError when the body has no known shape, is a cycle, unfolds to more than 500,000 values or 2^25 characters of text, or
 *   runs code that throws when it is read (getters, proxies). A string may have any length.
 */
export function countRequest(request: unknown, options: CountOptions): TokenCount {
  return countOf(measure(request, options, currentRules()))
}

/** What was found in a request, before it is rounded. */
export interface Measured {
  readonly meter: Meter
  readonly encoding: string | null
  /** The frame that held, or `undefined` for bare text. */
  readonly frame: Frame | undefined
  readonly assumptions: readonly CountNotice<AssumptionCode>[]
  readonly warnings: readonly CountNotice<CountWarningCode>[]
}

/** Counts by the rules that are passed in; the fit of the rules needs that. */
export function measure(given: unknown, options: CountOptions, rules: RuleSet): Measured {
  checkOptions(options)
  const request = Array.isArray(given) && given.length > 0 ? { messages: given } : given
  const model =
    options.model ?? (isFields(request) ? (textField(request, 'model') ?? textField(request, 'modelId')) : undefined)
  if (model === undefined) throw new TypeError('tokenfare: no model: name it in the body or as `model` in the options')
  const family = familyOf(model)
  const counter = counterFor(family, options, rules)
  const { encoding } = counter

  const bare =
    typeof request === 'string' ? { texts: [request], tokens: 0 } : readable(() => bareInput(request, model, family))
  if (bare !== undefined) {
    const meter = new Meter(counter)
    for (const text of bare.texts) meter.text('text', text)
    if (bare.tokens > 0) meter.fixed('text', bare.tokens)
    const message = 'the text is counted alone, without the frame of a chat message'
    const assumptions = [{ code: 'bare-text', message } as const, ...proxyAssumptions(counter, family)]
    return { meter, encoding, frame: undefined, assumptions, warnings: familyWarnings(counter, family) }
  }
  if (!isFields(request))
    throw new TypeError(
      `tokenfare: the request must be a string, a list of messages or an object, got ${describe(request)}`,
    )
  const at = dayOf(options.at)
  return readable(() => measureBody(request, { model, family, counter, at }, options, rules))
}

/** @throws TypeError, RangeError naming the option. */
function checkOptions({ model, seller, api }: CountOptions): void {
  for (const [name, value] of [
    ['model', model],
    ['seller', seller],
  ] as const)
    if (value !== undefined && (typeof value !== 'string' || value === ''))
      throw new TypeError(`tokenfare: ${name}: a text was expected, got ${describe(value)}`)
  checkApi(api)
}

/** A body may run code when it is read; what that throws is a fault of the body. */
function readable<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (error instanceof TokenfareError) throw error
    throw new InvalidRequestError('', 'the body could not be read; send plain JSON data', { cause: error })
  }
}

interface Subject {
  readonly model: string
  readonly family: Family
  readonly counter: TextCounter
  readonly at: string | undefined
}

function measureBody(
  request: Fields,
  { model, family, counter, at }: Subject,
  options: CountOptions,
  rules: RuleSet,
): Measured {
  const api = options.api ?? detectApi(request, family.name)
  // An estimate counts for the row that has the price, whose id has no variant.
  const asked = textField(request, 'model') ?? model
  const chat = withVariant(readRequest(request, api), asked.endsWith(':online') ? asked : model)
  if (options.api !== undefined && chat.messages.length === 0) refuseOtherShape(request, options.api, family.name)
  const query = { family: family.name, api, seller: options.seller, at }
  const known = frameFor(query, rules.frames)
  const frame = known ?? fallbackFrame
  const budget = new Budget()
  const meter = new Meter(counter, frame.spread, budget)
  const warnings = [...familyWarnings(counter, family), ...chat.warnings]
  const context = { model, seller: options.seller, at: query.at, frame, meter, budget, warnings }
  countChat(chat, context)
  const unforeseen = chat.hostedTools.filter((type) => claudeClientTool(type, family.name) === undefined)
  if (unforeseen.length > 0) warnings.push(hostedToolsWarning(unforeseen))
  const assumptions = proxyAssumptions(counter, family)
  if (known === undefined && family.name !== 'unknown')
    assumptions.push({
      code: 'unverified-frame',
      message: `no frame is known for ${family.name} by ${api}; one like most was taken`,
    })
  if (typeof field(request, 'prompt') === 'string')
    assumptions.push({ code: 'prompt-as-user-message', message: 'the prompt is counted as one user message' })
  const { afterCachePoint } = chat
  if (afterCachePoint !== undefined && meter.total().high >= leastCachedTokens) {
    const tail = new Meter(counter, frame.spread, budget)
    countChat(
      { ...chat, messages: afterCachePoint, tools: [], hostedTools: [] },
      { ...context, meter: tail, warnings: [] },
    )
    meter.lowerTo(tail.total().low)
    assumptions.push({ code: 'cached-prefix', message: cachedPrefixMessage })
  }
  return { meter, encoding: counter.encoding, frame, assumptions, warnings }
}

/** @throws InvalidRequestError when a body without a message in the form of the named API has them in that of another. */
function refuseOtherShape(request: Fields, named: ApiName, family: Family['name']): void {
  let found: ApiName
  try {
    found = detectApi(request, family)
  } catch {
    return
  }
  if (found === named || readRequest(request, found).messages.length === 0) return
  throw new InvalidRequestError('', `it has no message in the form of ${named}; its fields are those of ${found}`)
}

/** Shorter prefixes are not cached (Anthropic, "Prompt caching": 1,024 tokens or more, by model; Nova: 1,000). */
const leastCachedTokens = 1000
const cachedPrefixMessage =
  'Bedrock reports what it reads from or writes to a cache apart from the input tokens; low counts only what follows the last cache point'

/** Warnings that say that the bill holds what the body does not. */
const unboundable: ReadonlySet<string> = new Set(['hosted-tools', 'hidden-prompt', 'stored-context', 'malformed-field'])

function hostedToolsWarning(names: readonly string[]): CountNotice<CountWarningCode> {
  const list = names.slice(0, 5).join(', ')
  return { code: 'hosted-tools', message: `tools that run at the provider add input nobody can foresee: ${list}` }
}

/** The family's own vocabulary, or the calibrated stand-in for it. */
function counterFor(family: Family, options: CountOptions, rules: RuleSet): TextCounter {
  const encoding = findEncoding(options.encodings, family.encoding, options.missingEncoding)
  if (encoding === undefined)
    return heuristicCounter(family.ownEncoding ? undefined : calibrationFor(family.name, rules.calibrations))
  if (family.ownEncoding) return exactCounter(encoding)
  return calibratedCounter(encoding, calibrationFor(family.name, rules.calibrations))
}

/** OpenRouter's `:thinking` variant of a model switches reasoning on. */
export function isThinkingVariant(model: string): boolean {
  return model.endsWith(':thinking')
}

function withVariant(given: ChatRequest, model: string): ChatRequest {
  // OpenRouter's `:online` searches before the model answers.
  const chat = model.endsWith(':online') ? { ...given, hostedTools: [...given.hostedTools, 'web'] } : given
  return isThinkingVariant(model) && chat.reasoning === undefined ? { ...chat, reasoning: 'enabled' } : chat
}

function familyWarnings(counter: TextCounter, { name, encoding }: Family): CountNotice<CountWarningCode>[] {
  const warnings: CountNotice<CountWarningCode>[] = []
  if (name === 'unknown')
    warnings.push({ code: 'unknown-family', message: 'no counting rule is known for the model; the bounds are wide' })
  if (counter.encoding === null)
    warnings.push({
      code: 'missing-encoding',
      message: `the encoding ${encoding} is not at hand; a heuristic counted`,
    })
  return warnings
}

function proxyAssumptions(
  counter: TextCounter,
  { name, encoding, ownEncoding }: Family,
): CountNotice<AssumptionCode>[] {
  if (ownEncoding || counter.encoding === null) return []
  const how = name === 'unknown' ? 'the bounds span those that are public' : 'calibrated by recorded bills'
  const message = `${encoding} counted in place of the model's own vocabulary, ${how}`
  return [{ code: 'proxy-encoding', message }]
}

/** `undefined` when it is not there and a heuristic is to stand in. */
function findEncoding(
  encodings: readonly Encoding[],
  name: EncodingName,
  missing: CountOptions['missingEncoding'] = 'throw',
): Encoding | undefined {
  const found = encodings.find((encoding) => encoding.name === name)
  if (found !== undefined || missing === 'heuristic') return found
  const given = encodings.length === 0 ? 'none' : encodings.map((encoding) => encoding.name).join(', ')
  throw new TokenfareError(
    'missing-encoding',
    `the encoding ${name} is needed and not at hand (given: ${given}); import it from 'tokenfare/encodings/${name}' and pass it in`,
  )
}

/** The instant asked for last, and its text: many counts are of one instant, and writing it out takes longer than a short count. */
let lastInstant = { ms: Number.NaN, text: '' }

/** The ISO text of a day or instant, for comparison with the periods of the rules. */
function dayOf(at: Date | string | undefined): string | undefined {
  if (at === undefined) return undefined
  const ms = (at instanceof Date ? at : new Date(at)).getTime()
  if (Number.isNaN(ms)) throw new RangeError(`tokenfare: \`at\` must be a date, got ${describe(at)}`)
  if (lastInstant.ms !== ms) lastInstant = { ms, text: new Date(ms).toISOString() }
  return lastInstant.text
}

/** The count of what was measured: whole numbers, frozen. */
export function countOf({ meter, encoding, assumptions, warnings }: Measured): TokenCount {
  const parts = Object.freeze(meter.parts())
  const { tokens, low, high } = meter.total()
  return Object.freeze({
    tokens,
    low,
    high,
    method: meter.method(),
    encoding,
    bounded: !warnings.some((warning) => unboundable.has(warning.code)),
    parts,
    assumptions: frozen(assumptions),
    warnings: frozen(warnings),
  })
}

const nothing: readonly never[] = /* @__PURE__ */ Object.freeze([])

function frozen<Item extends object>(list: readonly Item[]): readonly Item[] {
  return list.length === 0 ? nothing : Object.freeze(list.map((item) => Object.freeze(item)))
}
