/** Checks a price file against its format, field by field, without a schema library. `pricing/schema/` says the same as data. */
import { describe, InvalidPriceTableError } from '../errors.ts'
import { count, type Fields, fail, flag, join, listOf, mapOf, NAME, object, objectWith, oneOf, text } from './checks.ts'
import type { FileModel, FileVariant, PriceFile } from './file.ts'
import { isRealDay } from './instant.ts'
import { packedKinds, packedModalities, packedStatus } from './packed.ts'
import { sellerKinds } from './table.ts'
import { unitIndex } from './units.ts'
import { allowanceFields } from './usage-fields.ts'
import { variantKeys } from './variants.ts'

const RATE = /^\d{1,7}(?:\.\d{1,6})?$/
const SLUG = /^[a-z0-9][a-z0-9-]{0,63}$/
/** Printable ASCII without quotes and backslashes: ids end up in messages, tables and CSV files. */
const ID = /^[!#-&(-[\]-~][ !#-&(-[\]-~]{0,199}$/
const DAY = /^\d{4}-\d\d-\d\d$/
const INSTANT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z)?$/
const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/

const day = (value: unknown, path: string): void => {
  text('a day such as "2026-11-22"', DAY)(value, path)
  if (!isRealDay(value as string)) fail(path, 'a day that exists', value)
}

const instant = (value: unknown, path: string): void => {
  text('a day or a UTC instant such as "2026-08-16T16:00:00Z"', INSTANT)(value, path)
  day((value as string).slice(0, 10), path)
  if (Number.isNaN(Date.parse(value as string))) fail(path, 'an instant that exists', value)
}

function rates(value: unknown, path: string): void {
  for (const [key, rate] of Object.entries(object(value, path, 'an object of rates'))) {
    if (unitIndex(key) === undefined) throw new InvalidPriceTableError(join(path, key), 'is no rate of the format')
    amountOfMoney(rate, join(path, key))
  }
}

function tiers(value: unknown, path: string): void {
  const tierFields = { above: count, inclusive: flag, rates }
  listOf((tier, at) => void objectWith(tier, at, tierFields, ['above', 'rates']))(value, path)
  const edges = (value as { above: number }[]).map(({ above }) => above)
  edges.forEach((edge, index) => {
    if (index > 0 && edge <= (edges[index - 1] as number)) fail(`${path}[${index}].above`, 'ascending tiers', edge)
  })
}

const amountOfMoney = (value: unknown, path: string): void => {
  if (value !== null) text('a decimal string such as "2.5", with at most six decimals, or null', RATE)(value, path)
}

function variants(value: unknown, path: string): void {
  const word = text('a size or quality as requests name it', ID, 40)
  const fields = { rate: oneOf(variantKeys), size: word, quality: word, usd: amountOfMoney }
  listOf((variant, at) => void objectWith(variant, at, fields, ['rate', 'usd']))(value, path)
  const seen = new Set<string>()
  for (const [index, { rate, size, quality }] of (value as FileVariant[]).entries()) {
    const key = JSON.stringify([rate, size, quality])
    if (seen.has(key)) fail(`${path}[${index}]`, 'each size and quality once', `${quality ?? ''} ${size ?? ''}`)
    seen.add(key)
  }
}

const cardFields: Fields = { rates, tiers, variants }
const card = (value: unknown, path: string): void => void objectWith(value, path, cardFields, ['rates'])

const weekday = (value: unknown, path: string): void => {
  if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > 7)
    fail(path, 'an ISO weekday, 1 to 7', value)
}

function window(value: unknown, path: string): void {
  const clock = text('a time such as "09:00"', CLOCK)
  const { from, to } = objectWith(value, path, { days: listOf(weekday), from: clock, to: clock }, [
    'days',
    'from',
    'to',
  ])
  if ((from as string) >= (to as string))
    fail(path, 'a window that ends after it begins, on one day', `${from} to ${to}`)
}

function zone(value: unknown, path: string): void {
  text('an IANA zone')(value, path)
  try {
    new Intl.DateTimeFormat('en', { timeZone: value as string })
  } catch {
    fail(path, 'an IANA zone', value)
  }
}

const schedule = (value: unknown, path: string): void =>
  void objectWith(
    value,
    path,
    { ...cardFields, name: text('a name', NAME), zone, windows: listOf(window), holidays: oneOf(['none', 'unknown']) },
    ['name', 'zone', 'windows', 'rates'],
  )

const region = (value: unknown, path: string): void =>
  void objectWith(value, path, { ...cardFields, modes: mapOf(card) }, ['rates'])

const periodFields: Fields = {
  ...cardFields,
  from: instant,
  until: instant,
  guaranteedUntil: instant,
  status: oneOf(packedStatus),
  modes: mapOf(card),
  regions: mapOf(region),
  schedule,
  source: text('a source'),
  checked: day,
  note: text('a note'),
}

const modelFields: Fields = {
  id: text('a model id in printable ASCII', ID),
  name: text('a name'),
  aliases: listOf(text('a model id in printable ASCII', ID)),
  kind: oneOf(packedKinds),
  context: count,
  maxOutput: count,
  input: listOf(oneOf(packedModalities)),
  reasoning: flag,
  deprecated: (value, path) => {
    if (typeof value !== 'boolean') day(value, path)
  },
  allowances: listOf(text('the name of an allowance', NAME)),
  periods: listOf((value, path) => void objectWith(value, path, periodFields, ['rates'])),
  ...cardFields,
}

function model(value: unknown, path: string): void {
  const fields = objectWith(value, path, modelFields, ['id'])
  if ((fields['periods'] === undefined) === (fields['rates'] === undefined)) {
    throw new InvalidPriceTableError(path, 'needs either periods or rates')
  }
  const periods = (fields as unknown as FileModel).periods ?? []
  if (fields['periods'] !== undefined && periods.length === 0) fail(`${path}.periods`, 'at least one period', periods)
  const holding = periods.map((period, index) => ({ ...period, index })).filter(({ status }) => status !== 'cancelled')
  holding.forEach((period, position) => {
    const at = `${path}.periods[${period.index}]`
    const from = period.from === undefined ? -Infinity : Date.parse(period.from)
    const until = period.until === undefined ? Infinity : Date.parse(period.until)
    if (from >= until) fail(at, 'a period that ends after it begins', period.until)
    const before = holding[position - 1]
    if (before === undefined) return
    const end = before.until === undefined ? Infinity : Date.parse(before.until)
    if (end > from) fail(at, 'periods in order that do not overlap', period.from)
  })
}

function uniqueIds(value: unknown): void {
  const ids = new Set<string>()
  const models = value as FileModel[]
  models.forEach(({ id }, index) => {
    if (ids.has(id)) throw new InvalidPriceTableError(`models[${index}].id`, `${describe(id)} occurs twice`)
    ids.add(id)
  })
  models.forEach(({ aliases }, index) => {
    for (const alias of aliases ?? []) {
      if (ids.has(alias))
        throw new InvalidPriceTableError(`models[${index}].aliases`, `${describe(alias)} names two models`)
      ids.add(alias)
    }
  })
}

function amount(value: unknown, path: string): void {
  const fits = typeof value === 'number' && value > 0 && value <= 1e12 && Math.round(value * 1000) / 1000 === value
  if (!fits) fail(path, 'a number above 0 with at most three decimals', value)
}

const allowanceKeys: readonly string[] = [...allowanceFields.values()]

const allowanceFieldsOfFile: Fields = {
  rate: oneOf(allowanceKeys),
  amount,
  per: oneOf(['day', 'month']),
  scope: oneOf(['project', 'organization', 'account']),
  source: text('a source'),
  checked: day,
  note: text('a note'),
}

function knownAllowances(models: readonly FileModel[], known: PriceFile['allowances'] = {}): void {
  models.forEach(({ allowances }, index) => {
    for (const name of allowances ?? []) {
      if (!Object.hasOwn(known, name)) fail(`models[${index}].allowances`, "a name in the file's allowances", name)
    }
  })
}

const currency = text('a currency code such as "USD"', /^[A-Z]{3}$/)

const fileFields: Fields = {
  $schema: text('a reference'),
  seller: text('a slug such as "openai"', SLUG),
  name: text('a name'),
  kind: oneOf(sellerKinds),
  currency,
  sources: (value, path) => {
    for (const [key, source] of Object.entries(object(value, path, 'an object')))
      text('a source')(source, join(path, key))
  },
  allowances: mapOf(
    (value, path) =>
      void objectWith(value, path, allowanceFieldsOfFile, ['rate', 'amount', 'per', 'scope', 'source', 'checked']),
  ),
  models: (value, path) => {
    listOf(model)(value, path)
    uniqueIds(value)
  },
}

/** Returns the value as a price file. @throws InvalidPriceTableError naming the first fault and its place. */
export function validatePriceFile(value: unknown): PriceFile {
  const file = objectWith(value, '', fileFields, ['seller', 'models']) as unknown as PriceFile
  knownAllowances(file.models, file.allowances)
  return file
}
