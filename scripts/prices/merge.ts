/**
 * One row per seller and model from all catalogues, by stated precedence: a hand-verified override; else pi, the freshest,
 * confirmed by another catalogue or flagged as its single source; else genai or aisdk, flagged as absent from the freshest.
 */
import type { FileCard, FileModel, FilePeriod, FileRates, PriceFile } from '../../src/pricing/file.ts'
import type { SourceKey, SourceRow } from './rows.ts'

export interface Remark {
  readonly seller: string
  readonly model: string
  readonly kind:
    | 'disagreement'
    | 'single-source'
    | 'not-in-fresh'
    | 'changed'
    | 'held'
    | 'removed'
    | 'override'
    | 'gate'
  readonly text: string
}

export interface MergeInput {
  readonly rows: readonly SourceRow[]
  /** Price files that win over every catalogue, model by model. */
  readonly overrides: readonly PriceFile[]
  readonly checkedOf: Readonly<Record<SourceKey, string>>
}

const precedence: readonly SourceKey[] = ['pi', 'genai', 'aisdk']
/** What has to agree for two catalogues to say the same. */
const compared = ['input', 'output', 'cacheRead'] as const

/** Models by seller and id. */
export function mergeRows({ rows, overrides, checkedOf }: MergeInput): {
  readonly models: Map<string, Map<string, FileModel>>
  readonly remarks: Remark[]
} {
  const grouped = new Map<string, Map<string, SourceRow[]>>()
  for (const row of rows) {
    const bySeller = grouped.get(row.seller) ?? new Map<string, SourceRow[]>()
    grouped.set(row.seller, bySeller)
    bySeller.set(row.model.id, [...(bySeller.get(row.model.id) ?? []), row])
  }
  const remarks: Remark[] = []
  const models = new Map<string, Map<string, FileModel>>()
  const into = (seller: string): Map<string, FileModel> => {
    const own = models.get(seller) ?? new Map<string, FileModel>()
    models.set(seller, own)
    return own
  }
  for (const [seller, byId] of grouped) {
    for (const candidates of byId.values()) {
      const merged = mergeModel(seller, candidates, checkedOf, remarks)
      into(seller).set(merged.id, merged)
    }
  }
  for (const file of overrides) {
    for (const model of file.models) {
      const own = into(file.seller)
      const imported = own.get(model.id)
      own.set(model.id, { ...imported, ...model })
      remarks.push({
        seller: file.seller,
        model: model.id,
        kind: 'override',
        text: `${imported === undefined ? 'added' : `replaces ${describeCard(imported.periods.at(-1))}`} by ${describeCard(model.periods.at(-1))}`,
      })
    }
  }
  for (const [seller, own] of models) models.set(seller, withOwnAliases(own))
  return { models, remarks }
}

function mergeModel(
  seller: string,
  candidates: readonly SourceRow[],
  checkedOf: MergeInput['checkedOf'],
  remarks: Remark[],
): FileModel {
  const ordered = [...candidates].sort((a, b) => precedence.indexOf(a.source) - precedence.indexOf(b.source))
  const best = ordered[0] as SourceRow
  const others = ordered.slice(1)
  const current = best.periods.at(-1) as FileCard
  const remark = (kind: Remark['kind'], text: string): void => {
    remarks.push({ seller, model: best.model.id, kind, text })
  }
  const differing = others.filter((other) => !agree(current, other.periods.at(-1) as FileCard))
  if (differing.length > 0) {
    remark('disagreement', ordered.map((row) => `${row.source} ${describeCard(row.periods.at(-1))}`).join(' · '))
  }
  if (best.source === 'pi' && others.length === differing.length) remark('single-source', describeCard(current))
  if (best.source !== 'pi') remark('not-in-fresh', `${best.source} ${describeCard(current)}`)
  const agreeing = others.filter((other) => !differing.includes(other))
  const enriched = agreeing.reduce<FileCard>((card, other) => enrich(card, other.periods.at(-1) as FileCard), current)
  const dated = [best, ...agreeing].find((row) => row.periods.length > 1)
  const origin = { source: best.source, checked: checkedOf[best.source] }
  const periods: FilePeriod[] =
    dated === undefined
      ? [{ ...enriched, ...origin }]
      : dated.periods.map((period, index) => {
          const last = index === dated.periods.length - 1
          const span = {
            ...(period.from ? { from: period.from } : {}),
            ...(period.until ? { until: period.until } : {}),
          }
          return last
            ? { ...span, ...enriched, ...origin }
            : { ...period, source: dated.source, checked: checkedOf[dated.source] }
        })
  const facts = Object.assign({}, ...[...ordered].reverse().map((row) => row.model)) as FileModel
  const aliases = [...new Set(ordered.flatMap((row) => row.model.aliases ?? []))]
  return { ...facts, ...(aliases.length > 0 ? { aliases } : {}), periods }
}

/** Two catalogues agree when no rate that both quote differs. */
export function agree(a: FileCard, b: FileCard): boolean {
  return compared.every((key) => a.rates[key] == null || b.rates[key] == null || a.rates[key] === b.rates[key])
}

/** Adds the rates that only the other catalogue quotes; tiers get the fees of their base card. */
function enrich(card: FileCard, other: FileCard): FileCard {
  const rates: FileRates = { ...other.rates, ...card.rates }
  const tiers = (card.tiers ?? []).map((tier) => {
    const twin = other.tiers?.find((candidate) => candidate.above === tier.above)
    return { ...tier, rates: { ...twin?.rates, ...tier.rates } }
  })
  return { rates, ...(tiers.length > 0 ? { tiers } : {}) }
}

/** An alias that is a model of its own, or that two models claim, is dropped: it would be a guess. */
function withOwnAliases(models: ReadonlyMap<string, FileModel>): Map<string, FileModel> {
  const claims = new Map<string, number>()
  for (const model of models.values()) {
    for (const alias of new Set(model.aliases)) claims.set(alias, (claims.get(alias) ?? 0) + 1)
  }
  return new Map(
    [...models].map(([id, { aliases, ...model }]) => {
      const kept = (aliases ?? []).filter((alias) => !models.has(alias) && claims.get(alias) === 1)
      return [id, kept.length > 0 ? { ...model, aliases: kept } : model]
    }),
  )
}

/** Input, output and cached input as price lists write them: `2.5/10/1.25`. */
export function describeCard(card: FileCard | undefined): string {
  return card === undefined ? 'nothing' : compared.map((key) => card.rates[key] ?? '–').join('/')
}
