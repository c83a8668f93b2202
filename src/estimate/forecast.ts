/** What a conversation or an agent's loop costs, call by call, with the prompt cache and without it. */
import { describe } from '../errors.ts'
import type { Amount } from '../money.ts'
import { amountOfPico, picoUnder } from '../pricing/amount.ts'
import { defaultTable } from '../pricing/builtin.ts'
import type { ModelId } from '../pricing/ids.gen.ts'
import { instantOf } from '../pricing/instant.ts'
import { select, tierOf } from '../pricing/lookup.ts'
import { findModel } from '../pricing/match.ts'
import { entryId } from '../pricing/references.ts'
import { type PriceTable, type RateCard, rateOf } from '../pricing/table.ts'
import type { PriceContext } from '../pricing/types.ts'
import { LEAST_CACHED_TOKENS } from './cache.ts'

/** How a conversation goes. Token counts are whole numbers; count a request with `countTokens` to get them. */
export interface ForecastPlan {
  /** What people or programs ask; each takes one call, and one more for every round of tool calls. */
  readonly turns: number
  /** What stands before the conversation and stays: system prompt, tools, documents. */
  readonly systemTokens: number
  readonly userTokensPerTurn: number
  /** The whole reply of one call, reasoning included. */
  readonly outputTokensPerCall: number
  /** The part of a reply that is not sent again, such as hidden reasoning. Default 0. */
  readonly reasoningTokensPerCall?: number
  /** Rounds of tool calls in a turn. Default 0. */
  readonly toolRoundsPerTurn?: number
  /** What the tools of one round answer. Default 500. */
  readonly toolResultTokens?: number
  /** From one turn to the next. Default 60. */
  readonly secondsBetweenTurns?: number
  /** From one call to the next within a turn. Default 10. */
  readonly secondsBetweenCalls?: number
  /** How long the cache keeps a prefix after its last use. Default `5m`. */
  readonly ttl?: '5m' | '1h'
  /** Tokens that a call may take, reply included. Default: the model's context window. */
  readonly contextTokens?: number
  /** Length of the summary that replaces the conversation when the next call does not fit. Default 2,000. */
  readonly compactToTokens?: number
}

export interface ForecastOptions extends PriceContext {
  readonly prices?: PriceTable
}

/** One turn: all its calls together. */
export interface ForecastTurn {
  /** From 1. */
  readonly turn: number
  readonly calls: number
  /** Input of all calls of the turn, as billed. */
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cacheReadTokens: number
  readonly cacheWriteTokens: number
  /** Tokens of the conversation after the turn. */
  readonly contextTokens: number
  /** The conversation was summarised before this turn; the cost of that is in the turn. */
  readonly compacted: boolean
  /** The prefix had left the cache before the turn began. */
  readonly cacheExpired: boolean
  readonly cost: ForecastCost
  /** Of this and all turns before. */
  readonly total: ForecastCost
}

export interface ForecastCost {
  readonly withCache: Amount
  readonly withoutCache: Amount
}

export interface Forecast {
  readonly model: string
  readonly seller: string
  readonly turns: readonly ForecastTurn[]
  readonly total: ForecastCost
  /** Whether the seller has a known rate for cached input; without it both costs are the same. */
  readonly caching: boolean
  /** The first turn from which on the conversation so far is cheaper with the cache; `null` when it never is. */
  readonly cachePaysFromTurn: number | null
  /** False when the input or the output has no known rate: the costs are then lower bounds. */
  readonly complete: boolean
  /** Identity of the row of the price table. */
  readonly price: string
  readonly table: string
}

const MOST_TURNS = 10_000
const MOST_TOKENS = 1e9
const secondsOfTtl = { '5m': 300, '1h': 3600 } as const

type Resolved = { readonly [Field in keyof ForecastPlan]-?: ForecastPlan[Field] }

/**
 * Follows a conversation: each call sends all that went before, and a reply that is kept grows the next. The cache holds the
 * prefix of the last call while the calls come soon enough; a pause longer than its time to live empties it. When the next
 * call would not fit the window, a summary replaces the conversation.
 *
 * @throws UnknownModelError, PriceNotFoundError; RangeError for a plan that cannot be followed
 */
export function forecast(model: ModelId, plan: ForecastPlan, options: ForecastOptions = {}): Forecast {
  const table = options.prices ?? defaultTable()
  const { model: row } = findModel(table, model, options.seller)
  const { card, period } = select(row, instantOf(options), options.serviceTier, options.region)
  const steps = resolved(plan, row.contextTokens)
  const book = new Book(card, steps)
  const turns: ForecastTurn[] = []
  let paysFrom: number | null = null
  for (let turn = 1; turn <= steps.turns; turn++) {
    turns.push(book.turn(turn))
    const { withCache, withoutCache } = book.spent
    if (withCache >= withoutCache) paysFrom = null
    else paysFrom ??= turn
  }
  return Object.freeze({
    model: row.id,
    seller: row.seller,
    turns: Object.freeze(turns),
    total: amounts(book.spent),
    caching: book.caching,
    cachePaysFromTurn: paysFrom,
    complete: rateOf(card, 'input') != null && rateOf(card, 'output') != null,
    price: entryId(row, period.fromMs),
    table: table.version,
  })
}

interface Spent {
  withCache: bigint
  withoutCache: bigint
}

function amounts({ withCache, withoutCache }: Spent): ForecastCost {
  return Object.freeze({ withCache: amountOfPico(withCache), withoutCache: amountOfPico(withoutCache) })
}

/** The state of a conversation and what it has cost so far. */
class Book {
  readonly spent: Spent = { withCache: 0n, withoutCache: 0n }
  readonly caching: boolean
  readonly #card: RateCard
  readonly #plan: Resolved
  readonly #writes: 'cacheWrite' | 'cacheWrite1h' | undefined
  /** Tokens of the conversation after the system prompt. */
  #history = 0
  /** Tokens of the prefix in the cache. */
  #cached = 0

  constructor(card: RateCard, plan: Resolved) {
    this.#card = card
    this.#plan = plan
    this.caching = rateOf(card, 'cacheRead') != null
    const oneHour = plan.ttl === '1h' && rateOf(card, 'cacheWrite1h') != null
    this.#writes = oneHour ? 'cacheWrite1h' : rateOf(card, 'cacheWrite') != null ? 'cacheWrite' : undefined
  }

  turn(turn: number): ForecastTurn {
    const plan = this.#plan
    const before = { ...this.spent }
    const sums = { calls: 0, inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 }
    const life = secondsOfTtl[plan.ttl]
    const expired = turn > 1 && this.#cached > 0 && plan.secondsBetweenTurns > life
    if (expired) this.#cached = 0
    const call = (newTokens: number, outputTokens: number): void => {
      const input = plan.systemTokens + this.#history + newTokens
      const { read, write } = this.#pay(input, outputTokens)
      sums.calls++
      sums.inputTokens += input
      sums.outputTokens += outputTokens
      sums.cacheReadTokens += read
      sums.cacheWriteTokens += write
    }
    const kept = plan.outputTokensPerCall - plan.reasoningTokensPerCall
    const growth =
      plan.userTokensPerTurn + plan.toolRoundsPerTurn * (kept + plan.toolResultTokens) + plan.outputTokensPerCall
    const compacted = this.#history > 0 && plan.systemTokens + this.#history + growth > plan.contextTokens
    if (compacted) {
      call(0, plan.compactToTokens)
      this.#history = plan.compactToTokens
      // Of the old prefix only what stands before the conversation is still there.
      this.#cached = Math.min(this.#cached, plan.systemTokens)
    }
    let added = plan.userTokensPerTurn
    for (let round = 0; round <= plan.toolRoundsPerTurn; round++) {
      if (round > 0 && plan.secondsBetweenCalls > life) this.#cached = 0
      call(added, plan.outputTokensPerCall)
      this.#history += added + kept
      added = plan.toolResultTokens
    }
    return Object.freeze({
      turn,
      ...sums,
      contextTokens: plan.systemTokens + this.#history,
      compacted,
      cacheExpired: expired,
      cost: amounts({
        withCache: this.spent.withCache - before.withCache,
        withoutCache: this.spent.withoutCache - before.withoutCache,
      }),
      total: amounts(this.spent),
    })
  }

  /** Pays one call both ways and leaves its input in the cache. */
  #pay(inputTokens: number, outputTokens: number): { read: number; write: number } {
    const { micro } = tierOf(this.#card, inputTokens)
    const plain = BigInt(picoUnder(micro, { inputTokens, outputTokens }))
    this.spent.withoutCache += plain
    if (!this.caching || inputTokens < LEAST_CACHED_TOKENS) {
      this.spent.withCache += plain
      return { read: 0, write: 0 }
    }
    const read = Math.min(this.#cached, inputTokens)
    const write = this.#writes === undefined ? 0 : inputTokens - read
    const usage = {
      inputTokens,
      outputTokens,
      cacheReadTokens: read,
      cacheWriteTokens: write,
      ...(this.#writes === 'cacheWrite1h' ? { cacheWrite1hTokens: write } : {}),
    }
    this.spent.withCache += BigInt(picoUnder(micro, usage))
    this.#cached = inputTokens
    return { read, write }
  }
}

function resolved(plan: ForecastPlan, modelContext: number | null): Resolved {
  const whole = (name: keyof ForecastPlan, value: unknown, least: number, most: number): number => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value
    throw new RangeError(`plan.${name} must be a whole number from ${least} to ${most}, got ${describe(value)}`)
  }
  const tokens = (name: keyof ForecastPlan, value: unknown): number => whole(name, value, 0, MOST_TOKENS)
  const outputTokensPerCall = tokens('outputTokensPerCall', plan.outputTokensPerCall)
  const contextTokens = tokens('contextTokens', plan.contextTokens ?? modelContext ?? MOST_TOKENS)
  const { ttl = '5m' } = plan
  if (ttl !== '5m' && ttl !== '1h') throw new RangeError(`plan.ttl must be '5m' or '1h', got ${describe(ttl)}`)
  return {
    turns: whole('turns', plan.turns, 1, MOST_TURNS),
    systemTokens: tokens('systemTokens', plan.systemTokens),
    userTokensPerTurn: tokens('userTokensPerTurn', plan.userTokensPerTurn),
    outputTokensPerCall,
    reasoningTokensPerCall: whole('reasoningTokensPerCall', plan.reasoningTokensPerCall ?? 0, 0, outputTokensPerCall),
    toolRoundsPerTurn: whole('toolRoundsPerTurn', plan.toolRoundsPerTurn ?? 0, 0, 1000),
    toolResultTokens: tokens('toolResultTokens', plan.toolResultTokens ?? 500),
    secondsBetweenTurns: tokens('secondsBetweenTurns', plan.secondsBetweenTurns ?? 60),
    secondsBetweenCalls: tokens('secondsBetweenCalls', plan.secondsBetweenCalls ?? 10),
    ttl,
    contextTokens,
    compactToTokens: tokens('compactToTokens', plan.compactToTokens ?? 2000),
  }
}
