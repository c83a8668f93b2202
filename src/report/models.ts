/** Models with their limits and rates as a table, and as rows. */

import type { ResolvedModel } from '../models/resolve.ts'
import type { PriceEntry } from '../pricing/types.ts'
import type { Cell } from './csv.ts'
import { formatCount } from './format.ts'
import { rateWords } from './price.ts'
import { labelled, type Screen } from './screen.ts'
import { table } from './table.ts'

export interface PricedModel extends ResolvedModel {
  /** The rates in force; `null` when none is known. */
  readonly price: PriceEntry | null
}

/** A rate in dollars per million tokens; `null` when unknown. */
export function tokenRate({ price }: PricedModel, kind: 'input' | 'output'): string | null {
  return price?.rates[kind === 'input' ? 'inputUsdPerMTok' : 'outputUsdPerMTok'] ?? null
}

export function modelsText(models: readonly PricedModel[], hidden: number, screen: Screen): string {
  const { styles, columns } = screen
  const tables = [...new Set(models.flatMap(({ price }) => price?.table.version ?? []))]
  return [
    ...table(
      [
        { title: 'model', shrinks: true },
        { title: 'kind', style: styles.faint },
        { title: 'context', align: 'right' },
        { title: 'max reply', align: 'right' },
        { title: 'input', align: 'right', style: styles.strong },
        { title: 'output', align: 'right', style: styles.strong },
      ],
      models.map((model) => [
        `${model.seller}/${model.id}`,
        model.kind,
        tokens(model.contextTokens),
        tokens(model.maxOutputTokens),
        dollars(tokenRate(model, 'input')),
        tokenRate(model, 'output') === null && tokenRate(model, 'input') === null
          ? otherRate(model)
          : dollars(tokenRate(model, 'output')),
      ]),
      columns,
      styles,
    ),
    '',
    ...(hidden > 0 ? labelled('more', `${formatCount(hidden)} models; --limit shows more, QUERY narrows`, screen) : []),
    ...labelled('rates', 'dollars per million tokens; – is not known', screen),
    ...labelled('price', `table ${tables.join(', ')}; tokenfare price MODEL names the source`, screen),
    '',
  ].join('\n')
}

function tokens(count: number | null): string {
  return count === null || count === 0 ? '–' : formatCount(count)
}

function dollars(rate: string | null): string {
  return rate === null ? '–' : `$${rate}`
}

/** The rate of a model that does not bill tokens: `$0.04 image`. */
function otherRate({ price }: PricedModel): string {
  const [name, rate] = Object.entries(price?.rates ?? {}).find(([, known]) => known !== null) ?? []
  if (name === undefined) return '–'
  const { part, per } = rateWords(name)
  return `$${rate} ${per === 'each' ? part : per.replace('per ', '/ ')}`
}

export const modelsHeader: readonly string[] = [
  'seller',
  'model',
  'kind',
  'context_tokens',
  'max_output_tokens',
  'input_usd_per_mtok',
  'output_usd_per_mtok',
  'deprecated',
  'price_entry',
  'price_checked',
  'price_source',
]

export function modelsRow(model: PricedModel): Cell[] {
  return [
    model.seller,
    model.id,
    model.kind,
    model.contextTokens,
    model.maxOutputTokens,
    tokenRate(model, 'input'),
    tokenRate(model, 'output'),
    model.deprecated,
    model.price?.entry ?? null,
    model.price?.checked ?? null,
    model.price?.source ?? null,
  ]
}
