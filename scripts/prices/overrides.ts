/** Hand-verified prices in `pricing/overrides/`: they win over every catalogue, model by model, and each says why. */
import type { FileModel, FilePeriod, FileRates } from '../../src/pricing/file.ts'
import { asOfPeriod } from './periods.ts'

export interface OverrideModel extends Partial<Omit<FileModel, 'id' | 'periods'>> {
  readonly id: string
  /** Why the catalogues are not followed, or what is added; shown in the review. */
  readonly reason: string
  /** All periods, instead of the imported ones. */
  readonly periods?: readonly FilePeriod[]
  /** Periods before the imported current one, which then starts where the last of these ends. */
  readonly earlier?: readonly FilePeriod[]
  /** Changes to the imported current period; rates are merged key by key. Empty, it confirms that period as it is listed. */
  readonly current?: Partial<Omit<FilePeriod, 'rates'>> & { readonly rates?: FileRates }
  /** True for a row that no such seller has: the catalogue took another seller's id or price for it. */
  readonly dropped?: boolean
  /** True when the override only applies while a catalogue has the model. */
  readonly optional?: boolean
}

export interface OverrideFile {
  readonly seller: string
  readonly sources?: Readonly<Record<string, string>>
  readonly models: readonly OverrideModel[]
}

/** @throws Error for an override that does not say why. */
export function checkReasons(files: readonly OverrideFile[]): void {
  for (const { seller, models } of files)
    for (const { id, reason } of models)
      if (typeof reason !== 'string' || reason.trim() === '')
        throw new Error(`pricing/overrides/${seller}.json: ${id} needs a "reason", which the review shows`)
}

/** Whether a person has set or confirmed the price in force. Otherwise gates check the imported one as any other. */
export function isConfirmed({ periods, current, dropped }: OverrideModel): boolean {
  return periods !== undefined || current !== undefined || dropped === true
}

/** Whether a person has set the price in force, and so says from when on it was that. */
export function isSet({ periods, current }: OverrideModel): boolean {
  return periods !== undefined || current?.rates !== undefined
}

/** The imported model with an override applied; `undefined` when it is dropped, or an optional one has nothing to apply to. */
export function applyOverride(
  override: OverrideModel,
  imported: FileModel | undefined,
  asOf: string,
): FileModel | undefined {
  const { reason: _, periods, earlier, current, optional, dropped, ...facts } = override
  if (dropped === true) return undefined
  if (imported === undefined && (optional === true || periods === undefined)) {
    if (optional === true) return undefined
    throw new Error(`the override of ${override.id} gives no periods, and no catalogue has the model`)
  }
  const base = periods ?? (imported as FileModel).periods
  return { ...imported, ...facts, periods: current || earlier ? amended(base, earlier ?? [], current, asOf) : base }
}

function amended(
  periods: readonly FilePeriod[],
  earlier: readonly FilePeriod[],
  current: OverrideModel['current'],
  asOf: string,
): FilePeriod[] {
  const inForce = asOfPeriod(periods, asOf) as FilePeriod
  const start = earlier.at(-1)?.until
  const changed: FilePeriod = {
    ...(start === undefined ? {} : { from: start }),
    ...inForce,
    ...current,
    ...(start === undefined ? {} : { from: start }),
    rates: { ...inForce.rates, ...current?.rates },
  }
  const index = periods.indexOf(inForce)
  const before = earlier.length > 0 ? earlier : periods.slice(0, index)
  return [...before, changed, ...periods.slice(index + 1)]
}
