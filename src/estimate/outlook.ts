/** What is expected of a call before it is priced: its reply, and whether it fits the context window. */
import type { CountNotice, TokenCount } from '../counting/index.ts'
import type { ModelPrices } from '../pricing/table.ts'
import { effortOf } from './effort.ts'
import { planOutput } from './output.ts'
import type { RequestFacts } from './request-facts.ts'
import type { ContextFit, EstimateNotice, EstimateWarning, OutputPlan, OutputRange } from './types.ts'

export interface Outlook {
  readonly output: OutputRange
  readonly context: ContextFit
  readonly assumptions: readonly EstimateNotice[]
  readonly warnings: readonly CountNotice<EstimateWarning>[]
}

/** Finds the outlook of a call. A comparison passes one that remembers. */
export type OutlookFor = (facts: RequestFacts, plan: OutputPlan, row: ModelPrices, input: TokenCount) => Outlook

/** @throws RangeError naming the field of a bad plan. */
export function outlookOf(facts: RequestFacts, plan: OutputPlan, row: ModelPrices, input: TokenCount): Outlook {
  const assumptions: EstimateNotice[] = []
  const warnings: CountNotice<EstimateWarning>[] = []
  const output = planOutput(facts, plan, row, input, { assumptions, warnings })
  const context = contextFit(row, input, output, warnings)
  for (const notice of assumptions) Object.freeze(notice)
  for (const notice of warnings) Object.freeze(notice)
  return { output, context, assumptions, warnings }
}

/** An outlook, and what of its model it depends on. */
interface Remembered {
  readonly row: ModelPrices
  readonly plan: OutputPlan
  readonly outlook: Outlook
}

/**
 * Outlooks for many models of one request. Beside the request they depend on few properties of a model, and freezing their parts
 * takes most of the time of making them.
 */
export function rememberingOutlook(): OutlookFor {
  const byInput = new Map<TokenCount, Remembered[]>()
  return (facts, plan, row, input) => {
    const known = byInput.get(input) ?? []
    byInput.set(input, known)
    for (const one of known) if (one.plan === plan && isAlike(one.row, row, facts)) return one.outlook
    const outlook = outlookOf(facts, plan, row, input)
    known.push({ row, plan, outlook })
    return outlook
  }
}

/** Whether two models have the same outlook. */
function isAlike(one: ModelPrices, other: ModelPrices, facts: RequestFacts): boolean {
  return (
    one.contextTokens === other.contextTokens &&
    one.maxOutputTokens === other.maxOutputTokens &&
    one.kind === other.kind &&
    effortOf(facts.effort, one) === effortOf(facts.effort, other)
  )
}

const contextUnknown: CountNotice<EstimateWarning> = Object.freeze({
  code: 'context-unknown',
  message: 'the size of the context window is not known',
})

function contextFit(
  { contextTokens: limit }: ModelPrices,
  input: TokenCount,
  output: OutputRange,
  warnings: CountNotice<EstimateWarning>[],
): ContextFit {
  const used = input.high + output.expected
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
