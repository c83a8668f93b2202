/**
 * Fills what catalogues leave out of one row and have in its twin: a dated snapshot of a model, or one of Google's own models on
 * Vertex AI. Only a twin with the same rates is asked, and only about tokens: tools cost differently per seller.
 */
import type { FileCard, FileModel, FilePeriod } from '../../src/pricing/file.ts'
import { changedRates } from './cards.ts'
import { agree, enrich } from './merge.ts'
import { asOfPeriod } from './periods.ts'
import { tokenKeys } from './scale.ts'

type Models = ReadonlyMap<string, ReadonlyMap<string, FileModel>>

const SNAPSHOT = /[-@]20\d\d-?\d\d-?\d\d$/

/** The id without the date of a snapshot. */
export const undatedId = (id: string): string => id.replace(SNAPSHOT, '')

/** The models with their periods in force on a day completed from their twins. */
export function withTwins(models: Models, day: string): Map<string, Map<string, FileModel>> {
  const google = models.get('google')
  return new Map(
    [...models].map(([seller, own]) => [
      seller,
      new Map(
        [...own].map(([id, model]) => {
          const twin = seller === 'google-vertex' ? google?.get(id) : undefined
          return [id, completed(completed(model, own.get(undatedId(id)), day), twin, day)]
        }),
      ),
    ]),
  )
}

function completed(model: FileModel, twin: FileModel | undefined, day: string): FileModel {
  const [period, other] = [asOfPeriod(model.periods, day), asOfPeriod(twin?.periods ?? [], day)]
  if (twin === model || period === undefined || other === undefined || period.rates.input == null) return model
  if (period.rates.input !== other.rates.input || !agree(period, other)) return model
  const known: FileCard = { rates: period.rates, ...(period.tiers ? { tiers: period.tiers } : {}) }
  const fuller: FilePeriod = { ...period, ...enrich(known, tokensOnly(other)) }
  return { ...model, periods: model.periods.map((entry) => (entry === period ? fuller : entry)) }
}

function tokensOnly(card: FileCard): FileCard {
  return changedRates(card, (rates) => Object.fromEntries(Object.entries(rates).filter(([key]) => tokenKeys.has(key))))
}
