/** Takes new prices in, or holds the accepted ones: gates, and history for what changed. */
import type { FileModel, FilePeriod, PriceFile } from '../../src/pricing/file.ts'
import { type GateAlarm, type GateContext, gateAlarms } from './gates.ts'
import { agree, describeCard, type Remark } from './merge.ts'
import { asOfPeriod } from './periods.ts'

export interface Accepted {
  readonly file: PriceFile
  readonly remarks: readonly Remark[]
}

/**
 * The file to write: rows with an alarm keep their accepted price, or stay out when they are new; other changes append a period.
 *
 * @throws Error when the seller lost too many models at once, which no single row can explain.
 */
export function accept(fresh: PriceFile, context: GateContext): Accepted {
  const remarks: Remark[] = []
  const alarms = new Map<string, GateAlarm[]>()
  for (const alarm of gateAlarms(fresh, context)) {
    if (alarm.gate === 'shrink')
      throw new Error(`${alarm.seller} has shrunk: ${alarm.text}; say why in pricing/overrides, with "dropped"`)
    alarms.set(alarm.model, [...(alarms.get(alarm.model) ?? []), alarm])
  }
  const before = new Map(context.before?.models.map((model) => [model.id, model]))
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
      old === undefined || context.overridden.has(model.id)
        ? model
        : withHistory(old, model, context.day, remarks, fresh.seller),
    ]
  })
  for (const id of before.keys()) {
    if (!fresh.models.some((model) => model.id === id)) {
      remarks.push({ seller: fresh.seller, model: id, kind: 'removed', text: 'no catalogue has it any more' })
    }
  }
  return { file: { ...fresh, models }, remarks }
}

/** The fresh row behind the periods that were accepted before; a changed price starts on the day its catalogue was read. */
function withHistory(old: FileModel, fresh: FileModel, day: string, remarks: Remark[], seller: string): FileModel {
  const [was, is] = [asOfPeriod(old.periods, day), asOfPeriod(fresh.periods, day)]
  if (was === undefined || is === undefined || fresh.periods.length > 1) return fresh
  if (agree(was, is)) {
    const earlier = old.periods.slice(0, old.periods.indexOf(was))
    return { ...fresh, periods: [...earlier, { ...(was.from === undefined ? {} : { from: was.from }), ...is }] }
  }
  remarks.push({ seller, model: fresh.id, kind: 'changed', text: `${describeCard(was)} → ${describeCard(is)}` })
  const closed: FilePeriod = { ...was, until: is.checked }
  return { ...fresh, periods: [...old.periods.slice(0, old.periods.indexOf(was)), closed, { from: is.checked, ...is }] }
}
