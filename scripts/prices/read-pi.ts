/** Reads the catalogue of @earendil-works/pi-ai: current prices, no dates, 0 where a cache rate is unknown. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Modality } from '../../src/pricing/types.ts'
import { ratesFrom, type SourceRow, tierFrom, withWholeWrites } from './rows.ts'

interface PiCost {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly tiers?: readonly (PiCost & { readonly inputTokensAbove: number })[]
}

interface PiModel {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly reasoning?: boolean
  readonly input?: readonly Modality[]
  readonly cost: PiCost
  readonly contextWindow?: number
  readonly maxTokens?: number
}

/** Plans and token packages are not priced per token by their seller; the others have no rate at all. */
const skippedFiles =
  /^(?:github-copilot|kimi-coding|nvidia|openai-codex|opencode|opencode-go|qwen-token-plan.*|radius|xiaomi-token-plan-.*|zai-coding-cn|typesafe)\.json$/

const slugOf: Readonly<Record<string, string>> = { 'cloudflare-workers-ai': 'cloudflare' }

/** Ids by which a seller says that a model is free of charge; elsewhere 0 means that nobody filled the price in. */
const freeId = /(?::free|-free)$/

export function readPi(folder: string): SourceRow[] {
  const data = join(folder, 'dist/providers/data')
  return readdirSync(data)
    .filter((name) => name.endsWith('.json') && !skippedFiles.test(name))
    .sort()
    .flatMap((name) => {
      const slug = name.slice(0, -'.json'.length)
      const apis = JSON.parse(readFileSync(join(data, name), 'utf8')) as Record<string, Record<string, PiModel>>
      return rowsOf(
        slugOf[slug] ?? slug,
        Object.values(apis).flatMap((models) => Object.values(models)),
      )
    })
}

/** The rows of one seller; a model that several APIs serve is one row. */
export function rowsOf(seller: string, models: readonly PiModel[]): SourceRow[] {
  const rows = new Map<string, SourceRow>()
  for (const model of models) {
    if (model.type !== 'chat' || rows.has(model.id) || !hasUsableRate(model)) continue
    rows.set(model.id, {
      source: 'pi',
      seller,
      model: {
        id: model.id,
        name: model.name,
        ...(model.contextWindow ? { context: model.contextWindow } : {}),
        ...(model.maxTokens ? { maxOutput: model.maxTokens } : {}),
        ...(model.input ? { input: model.input } : {}),
        ...(model.reasoning ? { reasoning: true } : {}),
      },
      periods: [withWholeWrites(seller, model.id, cardOf(model))],
    })
  }
  return [...rows.values()]
}

/** Negative values are sentinels of OpenRouter for prices that vary; zero is free only where the id says so. */
function hasUsableRate({ id, cost }: PiModel): boolean {
  if (cost.input < 0 || cost.output < 0) return false
  return cost.input > 0 || cost.output > 0 || freeId.test(id)
}

function cardOf({ id, cost }: PiModel): SourceRow['periods'][number] {
  const tiers = (cost.tiers ?? []).map((tier) => tierFrom(id, tier.inputTokensAbove, ratesOf(tier)))
  return { rates: ratesOf(cost), ...(tiers.length > 0 ? { tiers } : {}) }
}

/** A cache rate of 0 beside a price means that it is unknown; read as 0, it would bill cached input at nothing. */
function ratesOf(cost: PiCost): ReturnType<typeof ratesFrom> {
  const free = cost.input === 0 && cost.output === 0
  const known = (rate: number): number | undefined => (rate > 0 || free ? rate : undefined)
  return ratesFrom([
    ['input', cost.input],
    ['output', cost.output],
    ['cacheRead', known(cost.cacheRead)],
    ['cacheWrite', known(cost.cacheWrite)],
  ])
}
