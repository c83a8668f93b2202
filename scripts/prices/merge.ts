/**
 * One row per seller and model from all catalogues, by stated precedence: a hand-verified override; else pi, the freshest,
 * confirmed by another catalogue or flagged as its single source; else genai or aisdk, flagged as absent from the freshest.
 */
import type { FileCard, FileModel, FilePeriod, FileRates } from '../../src/pricing/file.ts'
import { applyOverride, type OverrideFile } from './overrides.ts'
import { asOfPeriod, type Span } from './periods.ts'
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
  readonly overrides: readonly OverrideFile[]
  /** The day for which a catalogue's dated prices are read. */
  readonly asOf: string
  readonly checkedOf: Readonly<Record<SourceKey, string>>
}

const precedence: readonly SourceKey[] = ['pi', 'genai', 'aisdk']
/** What has to agree for two catalogues to say the same. */
const compared = ['input', 'output', 'cacheRead'] as const

/** Models by seller and id. */
export function mergeRows({ rows, overrides, checkedOf, asOf }: MergeInput): {
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
      const merged = mergeModel(seller, candidates, checkedOf, asOf, remarks)
      into(seller).set(merged.id, merged)
    }
  }
  for (const file of overrides) {
    for (const override of file.models) {
      const own = into(file.seller)
      const imported = own.get(override.id)
      const applied = applyOverride(override, imported, asOf)
      if (override.dropped === true && own.delete(override.id))
        remarks.push({
          seller: file.seller,
          model: override.id,
          kind: 'override',
          text: `left out: ${override.reason}`,
        })
      if (applied === undefined) continue
      own.set(applied.id, applied)
      const [was, is] = [imported?.periods, applied.periods].map((periods) =>
        describeCard(asOfPeriod(periods ?? [], asOf)),
      )
      const what = was === is ? `${is}, ${applied.periods.length} periods` : `${imported ? was : 'new'} → ${is}`
      remarks.push({ seller: file.seller, model: applied.id, kind: 'override', text: `${what}: ${override.reason}` })
    }
  }
  for (const [seller, own] of models) models.set(seller, withOwnAliases(own))
  return { models, remarks }
}

function mergeModel(
  seller: string,
  candidates: readonly SourceRow[],
  checkedOf: MergeInput['checkedOf'],
  asOf: string,
  remarks: Remark[],
): FileModel {
  const ordered = [...candidates].sort((a, b) => precedence.indexOf(a.source) - precedence.indexOf(b.source))
  const cardOf = (row: SourceRow): FileCard => asOfPeriod(row.periods, asOf) as FileCard
  const best = ordered[0] as SourceRow
  const current = cardOf(best)
  const agreeing = ordered.slice(1).filter((other) => agree(current, cardOf(other)))
  const remark = (kind: Remark['kind'], text: string): void => {
    remarks.push({ seller, model: best.model.id, kind, text })
  }
  if (agreeing.length + 1 < ordered.length) {
    remark('disagreement', ordered.map((row) => `${row.source} ${describeCard(cardOf(row))}`).join(' · '))
  }
  if (best.source === 'pi' && agreeing.length === 0) remark('single-source', describeCard(current))
  if (best.source !== 'pi') remark('not-in-fresh', `${best.source} ${describeCard(current)}`)
  const enriched = agreeing.reduce<FileCard>((card, other) => enrich(card, cardOf(other)), withoutSpan(current))
  const varied = ordered.map(cardOf).find(({ variants }) => variants !== undefined)
  const complete = withVariants(enriched, varied)
  const origin = { source: best.source, checked: checkedOf[best.source] }
  const dated = [best, ...agreeing].find((row) => row.periods.length > 1)
  const inForce = dated === undefined ? undefined : asOfPeriod(dated.periods, asOf)
  const periods =
    dated === undefined
      ? [{ ...complete, ...origin }]
      : dated.periods.map(
          (period): FilePeriod =>
            period === inForce
              ? { ...spanOf(period), ...complete, ...origin }
              : { ...period, source: dated.source, checked: checkedOf[dated.source] },
        )
  const facts = Object.assign({}, ...[...ordered].reverse().map((row) => row.model)) as FileModel
  const aliases = [...new Set(ordered.flatMap((row) => row.model.aliases ?? []))]
  // A catalogue may quote the part of the window that costs the base rates; the model takes the larger one.
  const context = Math.max(0, ...ordered.map((row) => row.model.context ?? 0))
  const kind = facts.kind ?? kindOf(facts.id)
  return {
    ...facts,
    ...(kind === 'chat' ? {} : { kind }),
    ...(context > 0 ? { context } : {}),
    ...(aliases.length > 0 ? { aliases } : {}),
    periods,
  }
}

/** What a model is for, by the words that makers put into such ids. */
const kindWords: readonly (readonly [RegExp, NonNullable<FileModel['kind']>])[] = [
  [/rerank/i, 'rerank'],
  [/embed|voyage|(?:^|[/-])(?:bge|gte|e5)-|ada-002/i, 'embedding'],
  [/image|dall-e|imagen/i, 'image'],
  [
    /whisper|transcribe|tts|(?:^|[/-])voxtral-(?:mini|tts)|realtime|voice|sonic|native-audio|(?:^|-)live(?:-|$)/i,
    'audio',
  ],
  [/(?:^|[/-])(?:veo|sora)-/i, 'video'],
  [/moderation|guard|classif/i, 'moderation'],
  [/(?:^|[/-])(?:mistral-)?ocr/i, 'ocr'],
  [/distilbert/i, 'other'],
]

function kindOf(id: string): NonNullable<FileModel['kind']> {
  return kindWords.find(([words]) => words.test(id))?.[1] ?? 'chat'
}

/** Prices by size and quality, which one catalogue alone has, whatever it says about tokens. */
function withVariants(card: FileCard, varied: FileCard | undefined): FileCard {
  if (varied?.variants === undefined) return card
  return { ...card, rates: { image: varied.rates.image ?? null, ...card.rates }, variants: varied.variants }
}

function spanOf({ from, until }: Span): Span {
  return { ...(from ? { from } : {}), ...(until ? { until } : {}) }
}

function withoutSpan({ rates, tiers }: FileCard): FileCard {
  return { rates, ...(tiers === undefined ? {} : { tiers }) }
}

/** Two catalogues agree when no rate that both quote differs. */
export function agree(a: FileCard, b: FileCard): boolean {
  return compared.every((key) => a.rates[key] == null || b.rates[key] == null || a.rates[key] === b.rates[key])
}

/** Adds what only the other catalogue quotes: rates, and context tiers where the first one has none. */
export function enrich(card: FileCard, other: FileCard): FileCard {
  const rates: FileRates = { ...other.rates, ...card.rates }
  const tiers = (card.tiers ?? other.tiers ?? []).map((tier) => {
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
function describeCard(card: FileCard | undefined): string {
  return card === undefined ? 'nothing' : compared.map((key) => card.rates[key] ?? '–').join('/')
}
