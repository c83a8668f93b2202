/** What is expected of a call before it is priced: its reply, and whether it fits the context window. */
import type { CountNotice, TokenCount } from '../counting/index.ts'
import type { ModelPrices } from '../pricing/table.ts'
import type { Usage } from '../pricing/types.ts'
import { effortOf } from './effort.ts'
import { type InputBounds, inputBounds } from './input-bounds.ts'
import { joined } from './joined.ts'
import { asksForSpeech, isSearchModel, madeBy } from './made.ts'
import { planOutput } from './output.ts'
import type { ReasoningEffort } from './priors.ts'
import type { RequestFacts } from './request-facts.ts'
import type { ContextFit, EstimateNotice, EstimateWarning, OutputPlan, OutputRange } from './types.ts'

export interface Outlook {
  readonly output: OutputRange
  readonly context: ContextFit
  /** Those of the count, then those of the reply. */
  readonly assumptions: readonly EstimateNotice[]
  readonly warnings: readonly CountNotice[]
  readonly inputs: InputBounds
  /** What the call makes besides text. */
  readonly made: Usage | undefined
  /** The kind of thing that the model makes. */
  readonly kind: ModelPrices['kind']
  readonly isSpoken: boolean
  /** What the effects of the two lengths on the cost are called. */
  readonly inputBounds: string
  readonly outputBounds: string
}

/** Finds the outlook of a call. A comparison passes one that remembers. */
export type OutlookFor = (facts: RequestFacts, plan: OutputPlan, row: ModelPrices, input: TokenCount) => Outlook

/** @throws RangeError naming the field of a bad plan. */
export function outlookOf(facts: RequestFacts, plan: OutputPlan, row: ModelPrices, input: TokenCount): Outlook {
  const assumptions: EstimateNotice[] = []
  const warnings: CountNotice<EstimateWarning>[] = []
  const output = planOutput(facts, plan, row, input, { assumptions, warnings })
  const context = contextFit(row, input, output.expected / facts.choices, warnings)
  for (const notice of assumptions) Object.freeze(notice)
  for (const notice of warnings) Object.freeze(notice)
  return {
    output,
    context,
    assumptions: joined<EstimateNotice>(input.assumptions, assumptions),
    warnings: joined<CountNotice>(input.warnings, warnings),
    inputs: inputBounds(input),
    made: madeBy(facts.body, row),
    kind: row.kind,
    isSpoken: asksForSpeech(facts.body),
    inputBounds: `the input has ${input.low} to ${input.high} tokens`,
    outputBounds: `the reply has ${output.low} to ${output.high} tokens`,
  }
}

/** An outlook, and what it depends on besides the count. */
interface Remembered {
  readonly plan: OutputPlan
  readonly kind: ModelPrices['kind']
  readonly contextTokens: number | null
  readonly maxOutputTokens: number | null
  readonly effort: ReasoningEffort
  readonly searches: boolean
  readonly outlook: Outlook
}

/**
 * Outlooks for many models of one request. Beside the request they depend on few properties of a model, and freezing their parts
 * takes most of the time of making them.
 */
export function rememberingOutlook(): OutlookFor {
  const byInput = new Map<TokenCount, Remembered[]>()
  return (facts, plan, row, input) => {
    let known = byInput.get(input)
    if (known === undefined) {
      known = []
      byInput.set(input, known)
    }
    const { kind, contextTokens, maxOutputTokens } = row
    const effort = effortOf(facts.effort, row)
    const searches = isSearchModel(row.id)
    for (const one of known) {
      const isAlike =
        one.contextTokens === contextTokens &&
        one.maxOutputTokens === maxOutputTokens &&
        one.effort === effort &&
        one.kind === kind &&
        one.searches === searches &&
        one.plan === plan
      if (isAlike) return one.outlook
    }
    const outlook = outlookOf(facts, plan, row, input)
    known.push({ plan, kind, contextTokens, maxOutputTokens, effort, searches, outlook })
    return outlook
  }
}

const contextUnknown: CountNotice<EstimateWarning> = /* @__PURE__ */ Object.freeze({
  code: 'context-unknown',
  message: 'the size of the context window is not known',
})

function contextFit(
  { contextTokens: limit }: ModelPrices,
  input: TokenCount,
  /** Expected tokens of one reply: each of several has the window to itself. */
  replyTokens: number,
  warnings: CountNotice<EstimateWarning>[],
): ContextFit {
  const used = input.high + Math.ceil(replyTokens)
  if (limit === null) {
    warnings.push(contextUnknown)
  } else if (used > limit) {
    warnings.push({
      code: 'context-exceeded',
      message: `up to ${used} tokens are needed, the context window has ${limit}; the provider may refuse the call`,
    })
  }
  return Object.freeze({ limit, used, fits: limit === null ? null : used <= limit })
}
