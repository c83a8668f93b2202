/** The price of what a call makes besides text, on top of the price of its text or in place of it. */
import { parseUsd } from '../money.ts'
import { amountOfPico } from '../pricing/amount.ts'
import { billUnder } from '../pricing/bill.ts'
import { OUTPUT, OUTPUT_AUDIO } from '../pricing/positions.ts'
import { type RateCard, rateOf } from '../pricing/table.ts'
import type { Usage } from '../pricing/types.ts'
import { joined } from './joined.ts'
import { billedMade, billsOfOpenSizes } from './made.ts'
import type { Priced } from './priced.ts'
import { type PlannedCall, usageAt } from './range.ts'
import type { CostEstimate, EstimateNotice } from './types.ts'

/** The price of a call, given how its text is priced. */
export function withMade(call: PlannedCall, textPrice: (call: PlannedCall) => Priced): Priced {
  const { made, kind, isSpoken } = call.outlook
  const { card } = call.selected
  const pieces = billedMade(made, kind, card)
  if (pieces !== undefined) return withPieces(call, pieces, textPrice(call))
  if (isSpoken && rateOf(card, 'outputAudio') != null) return spoken(call, textPrice)
  return textPrice(call)
}

/** Adds to the price of the text, at both ends, what the pieces cost there. */
function withPieces({ outlook, cache, selected }: PlannedCall, pieces: Usage, text: Priced): Priced {
  const { card } = selected
  const { inputs, output } = outlook
  const split = cache.expected(inputs.expected.tokens)
  // A seller that quotes no rate for the text of a prompt does not bill it.
  const tokens = rateOf(card, 'input') === undefined ? {} : usageAt(inputs.expected, output.expected, split)
  const usage: Usage = { inputTokens: 0, ...tokens, ...pieces }
  const bill = billUnder(card, usage)
  const expected = parseUsd(bill.total.exact)
  let [least, most] = [expected, expected]
  for (const { total } of billsOfOpenSizes(usage, card)) {
    const end = parseUsd(total.exact)
    if (end < least) least = end
    if (end > most) most = end
  }
  const added = expected - parseUsd(text.cost.expected.exact)
  const at = (amount: { readonly exact: string }, more: bigint): Priced['cost']['low'] =>
    amountOfPico(parseUsd(amount.exact) + added + more)
  const unpriced = unpricedWith(bill.unpriced, pieces, outlook.kind)
  return {
    cost: Object.freeze({
      low: at(text.cost.low, least - expected),
      expected: bill.total,
      high: at(text.cost.high, most - expected),
      p90: at(text.cost.p90, 0n),
    }),
    lines: bill.lines,
    unpriced,
    assumptions: joined<EstimateNotice>(
      text.assumptions,
      least === most ? [] : [openSize(least - expected, most - expected)],
    ),
    warnings: joined<CostEstimate['warnings'][number]>(
      text.warnings.filter(({ code }) => code !== 'unpriced-part' && code !== 'variant-assumed'),
      unpriced.map(({ part, reason }) =>
        Object.freeze({ code: 'unpriced-part', message: `${part} is not in the cost: ${reason}` }),
      ),
      bill.warnings,
    ),
  }
}

function openSize(less: bigint, more: bigint): EstimateNotice {
  return Object.freeze({
    code: 'open-size',
    message: 'the request leaves size or quality open; the ends have the cheapest and the dearest',
    effect: Object.freeze({ low: amountOfPico(less), high: amountOfPico(more) }),
  })
}

/** A film whose length is not said is not free. */
function unpricedWith(unpriced: Priced['unpriced'], pieces: Usage, kind: string): Priced['unpriced'] {
  if (kind !== 'video' || pieces.videoSeconds !== undefined) return unpriced
  const part = {
    part: 'videoSecond',
    quantity: null,
    unit: 'milliseconds',
    reason: 'the request does not say how long the film is',
  }
  return Object.freeze([...unpriced, Object.freeze(part)])
}

const spokenCards = new WeakMap<RateCard, RateCard>()

/** A reply that is spoken costs what sound does; the words that stand beside it are few and cheap. */
function spoken(call: PlannedCall, textPrice: (call: PlannedCall) => Priced): Priced {
  const { card } = call.selected
  let own = spokenCards.get(card)
  if (own === undefined) {
    const tiers = card.tiers.map((tier) => ({ ...tier, micro: withSound(tier.micro) }))
    own = { ...card, micro: withSound(card.micro), tiers }
    spokenCards.set(card, own)
  }
  const priced = textPrice({ ...call, selected: { ...call.selected, card: own } })
  const lines = priced.lines.map((line) =>
    line.part === 'output' ? Object.freeze({ ...line, part: 'outputAudio' }) : line,
  )
  return { ...priced, lines: Object.freeze(lines) }
}

function withSound(micro: RateCard['micro']): RateCard['micro'] {
  const all = [...micro]
  all[OUTPUT] = micro[OUTPUT_AUDIO]
  return all
}
