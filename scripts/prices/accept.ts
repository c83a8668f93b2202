/** Takes new prices in, or holds the accepted ones: gates, and history for what changed. */
import type { FileCard, FileModel, FilePeriod, FileRates, PriceFile } from '../../src/pricing/file.ts'
import { type GateAlarm, type GateContext, gateAlarms, lostModels } from './gates.ts'
import type { Remark } from './merge.ts'
import { asOfPeriod } from './periods.ts'

export interface AcceptContext extends GateContext {
  /** Models whose price in force a person has set: it is taken as it stands, without what was accepted before. */
  readonly set: ReadonlySet<string>
}

export interface Accepted {
  readonly file: PriceFile
  readonly remarks: readonly Remark[]
}

/**
 * The file to write: rows with an alarm keep their accepted price, or stay out when they are new; other changes append a period. A row that no
 * catalogue has any more stays, retired, with its history: calls of the past are still priced.
 *
 * @throws Error when the seller lost too many models at once, which no single row can explain.
 */
export function accept(fresh: PriceFile, context: AcceptContext): Accepted {
  const remarks: Remark[] = []
  const alarms = new Map<string, GateAlarm[]>()
  for (const alarm of gateAlarms(fresh, context)) {
    if (alarm.gate === 'shrink')
      throw new Error(`${alarm.seller} has shrunk: ${alarm.text}; say why in pricing/overrides, with "dropped"`)
    alarms.set(alarm.model, [...(alarms.get(alarm.model) ?? []), alarm])
  }
  // A slip of the hand passes no gate, but it is told.
  for (const { seller, model, gate, text } of gateAlarms(fresh, { ...context, confirmed: new Set() })) {
    if (context.confirmed.has(model))
      remarks.push({ seller, model, kind: 'override', text: `by hand, where a gate would hold it; ${gate}: ${text}` })
  }
  const accepted = withOwnSources(context.before, fresh)
  const before = new Map(accepted?.models.map((model) => [model.id, model]))
  const models = fresh.models.flatMap((model): FileModel[] => {
    const old = before.get(model.id)
    const raised = alarms.get(model.id)
    if (raised !== undefined) {
      const text = raised.map(({ gate, text: why }) => `${gate}: ${why}`).join('; ')
      remarks.push({
        seller: fresh.seller,
        model: model.id,
        kind: 'held',
        text: `${old ? 'kept as it was' : 'left out'}; ${text}`,
      })
      return old === undefined ? [] : [old]
    }
    return [
      old === undefined || context.set.has(model.id)
        ? model
        : withHistory(old, model, context.day, remarks, fresh.seller),
    ]
  })
  const lost = new Set(lostModels(fresh, context).map(({ id }) => id))
  const gone = [...before.values()].flatMap((old): FileModel[] => {
    if (fresh.models.some(({ id }) => id === old.id)) return []
    if (!context.confirmed.has(old.id) && isRetired(old, context.day)) return [old]
    const text = lost.has(old.id)
      ? 'no catalogue has it any more; kept as retired'
      : 'an override drops it, or its whole path is the id now'
    remarks.push({ seller: fresh.seller, model: old.id, kind: 'removed', text })
    return lost.has(old.id) ? [retired(old, context.day)] : []
  })
  const kept = [...models, ...gone].sort((a, b) => (a.id < b.id ? -1 : 1))
  return { file: { ...fresh, sources: { ...fresh.sources, ...accepted?.sources }, models: kept }, remarks }
}

/**
 * The accepted file with a key of its own for each source that is another one now: a price that was read in an earlier version of a catalogue
 * goes on naming that version.
 */
function withOwnSources(before: PriceFile | undefined, fresh: PriceFile): PriceFile | undefined {
  if (before === undefined) return undefined
  const keyOf = (key: string): string => {
    const [was, is] = [before.sources?.[key], fresh.sources?.[key]]
    return was === undefined || is === undefined || was === is ? key : `${key}@${was.slice(was.lastIndexOf('@') + 1)}`
  }
  const sources = Object.entries(before.sources ?? {}).map(([key, text]) => [keyOf(key), text])
  const models = before.models.map((model) => ({
    ...model,
    periods: model.periods.map((period) => ({ ...period, source: keyOf(period.source) })),
  }))
  return { ...before, sources: Object.fromEntries(sources), models }
}

const isRetired = ({ periods }: FileModel, day: string): boolean => asOfPeriod(periods, day)?.status === 'retired'

/** The row with its price of the day closed then, and open from there as the last list price. */
function retired(model: FileModel, day: string): FileModel {
  const last = asOfPeriod(model.periods, day) as FilePeriod
  if (last.status !== undefined && last.status !== 'actual') return model
  const since: FilePeriod = { ...last, from: day, status: 'retired' }
  const until = (last.from ?? '') < day ? [{ ...last, until: day }] : []
  const periods = model.periods.flatMap((period) => (period === last ? [...until, since] : [period]))
  return { ...model, deprecated: model.deprecated ?? true, periods }
}

/**
 * The fresh row behind the periods that earlier imports appended; a changed price starts on the day its catalogue was read. Where an
 * override gives the history, that comes first, and what imports appended since follows it.
 */
function withHistory(old: FileModel, fresh: FileModel, day: string, remarks: Remark[], seller: string): FileModel {
  const [was, is] = [asOfPeriod(old.periods, day), asOfPeriod(fresh.periods, day)]
  if (was === undefined || is === undefined) return fresh
  const earlier = fresh.periods.slice(0, fresh.periods.indexOf(is))
  const later = fresh.periods.slice(fresh.periods.indexOf(is) + 1)
  const start = is.from
  // A history that begins later than the accepted price already holds that price.
  if ((was.from ?? '') < (start ?? '')) return fresh
  const appended = old.periods
    .slice(0, old.periods.indexOf(was))
    .filter(({ from }) => start === undefined || (from ?? '') >= start)
  const since = appended.length > 0 ? was.from : (start ?? was.from)
  const changes = changesOf(was, is)
  if (changes.length === 0)
    return { ...fresh, periods: [...earlier, ...appended, { ...is, ...startingAt(since) }, ...later] }
  remarks.push({ seller, model: fresh.id, kind: 'changed', text: changes.join(', ') })
  const closed: FilePeriod = { ...was, ...startingAt(since), until: is.checked }
  return { ...fresh, periods: [...earlier, ...appended, closed, { ...is, from: is.checked }, ...later] }
}

const startingAt = (from: string | undefined): Pick<FilePeriod, 'from'> => (from === undefined ? {} : { from })

/** The rates that catalogues quote; those of `tools.json` and of modifiers are derived anew. */
const quoted = ['input', 'output', 'cacheRead', 'cacheWrite'] as const

/** What has another rate now, or none: `input 0.5 → 0.7`. What is quoted for the first time was unknown before, and fills in. */
function changesOf(was: FileCard, is: FileCard): string[] {
  const [tiersWere, tiersAre] = [was.tiers ?? [], is.tiers ?? []]
  const boundaries = (tiers: FileCard['tiers'] = []) => tiers.map(({ above }) => above).join(' and ') || 'none'
  if (boundaries(tiersWere) !== boundaries(tiersAre))
    return [...rateChanges(was.rates, is.rates), `tiers above ${boundaries(tiersWere)} → ${boundaries(tiersAre)}`]
  return [
    ...rateChanges(was.rates, is.rates),
    ...tiersWere.flatMap(({ above, rates }, i) =>
      rateChanges(rates, tiersAre[i]?.rates ?? {}).map((change) => `${change} above ${above}`),
    ),
  ]
}

function rateChanges(were: FileRates, are: FileRates): string[] {
  return quoted.flatMap((key) =>
    were[key] == null || were[key] === are[key] ? [] : [`${key} ${were[key]} → ${are[key] ?? 'not quoted'}`],
  )
}
