/** A request as it will be sent → the input tokens that will be billed for it. */
import { describe, TokenfareError } from '../errors.ts'
import type { Encoding, EncodingName } from '../tokenizer/types.ts'
import { detectApi, readRequest } from './adapters/read.ts'
import { countChat } from './chat.ts'
import { type Family, familyOf } from './families.ts'
import { exactCounter, loosest, Meter } from './meter.ts'
import { field, isFields, textField } from './read.ts'
import { fallbackFrame } from './rules/frames.ts'
import { frameFor } from './rules/select.ts'
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
  /** Vocabularies at hand; {@link encodingNeeded} names the one that a model needs. */
  readonly encodings: Iterable<Encoding>
}

/** The vocabulary that counting for a model needs: its own where that is public, else the one its calibration stands on. */
export function encodingNeeded(model: string): EncodingName {
  return familyOf(model).encoding
}

/**
 * Billed input tokens of a request, synchronously, with the vocabularies that are passed in.
 *
 * A string counts as bare text. `{ model, prompt }` counts as one user message (as bare text for completion and embedding
 * models). Any other object is a provider-native body.
 *
 * @throws TypeError when the request is neither a string nor an object, or no model is named.
 * @throws TokenfareError `missing-encoding` when the vocabulary of the model is not among `encodings`.
 * @throws InvalidRequestError when the body has no known shape, is a cycle, or unfolds without end.
 */
export function countRequest(request: unknown, options: CountOptions): TokenCount {
  const model = options.model ?? (isFields(request) ? textField(request, 'model') : undefined)
  if (model === undefined) throw new TypeError('tokenfare: no model: name it in the body or as `model` in the options')
  const family = familyOf(model)
  const encoding = findEncoding(options.encodings, family.encoding)
  const meter = new Meter(exactCounter(encoding))
  const assumptions: CountNotice<AssumptionCode>[] = []
  const warnings: CountNotice<CountWarningCode>[] = []

  const bareText = typeof request === 'string' ? request : completionText(request, family)
  if (bareText !== undefined) {
    meter.text('text', bareText)
    assumptions.push({ code: 'bare-text', message: 'the text is counted alone, without the frame of a chat message' })
  } else if (isFields(request)) {
    const api = options.api ?? detectApi(request, family.name)
    const chat = readRequest(request, api)
    const query = { family: family.name, api, seller: options.seller, at: dayOf(options.at) }
    countChat(chat, frameFor(query) ?? fallbackFrame, meter)
    warnings.push(...chat.warnings)
    if (typeof field(request, 'prompt') === 'string')
      assumptions.push({ code: 'prompt-as-user-message', message: 'the prompt is counted as one user message' })
  } else throw new TypeError(`tokenfare: the request must be a string or an object, got ${describe(request)}`)
  return freeze(meter, encoding.name, assumptions, warnings)
}

/** The prompt of a model that takes bare text: completions and embeddings. */
function completionText(request: unknown, family: Family): string | undefined {
  return family.name === 'openai-text' && isFields(request) ? textField(request, 'prompt') : undefined
}

function findEncoding(encodings: Iterable<Encoding>, name: EncodingName): Encoding {
  const names: string[] = []
  for (const encoding of encodings) {
    if (encoding.name === name) return encoding
    names.push(encoding.name)
  }
  const given = names.length === 0 ? 'none' : names.join(', ')
  throw new TokenfareError(
    'missing-encoding',
    `the encoding ${name} is needed and not at hand (given: ${given}); import it from 'tokenfare/encodings/${name}' and pass it in`,
  )
}

/** The ISO text of a day or instant, for comparison with the periods of the rules. */
function dayOf(at: Date | string | undefined): string | undefined {
  if (at === undefined) return undefined
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) throw new RangeError(`tokenfare: \`at\` must be a date, got ${describe(at)}`)
  return date.toISOString()
}

function freeze(
  meter: Meter,
  encoding: string,
  assumptions: readonly CountNotice<AssumptionCode>[],
  warnings: readonly CountNotice<CountWarningCode>[],
): TokenCount {
  const parts = Object.freeze(meter.parts())
  return Object.freeze({
    tokens: parts.reduce((sum, part) => sum + part.tokens, 0),
    low: parts.reduce((sum, part) => sum + part.low, 0),
    high: parts.reduce((sum, part) => sum + part.high, 0),
    method: loosest(parts.map((part) => part.method)),
    encoding,
    bounded: true,
    parts,
    assumptions: Object.freeze(assumptions.map((notice) => Object.freeze(notice))),
    warnings: Object.freeze(warnings.map((notice) => Object.freeze(notice))),
  })
}
