/** A forecast as one HTML page. */
import type { Forecast, ForecastTurn } from '../estimate/index.ts'
import { formatCount, formatShare, formatUsd } from './format.ts'
import { CHART_WIDTH, card, escaped, page, swatches, table } from './html.ts'

/** A forecast: the cost so far with and without the cache, and all turns. */
export function forecastHtml(forecast: Forecast): string {
  const { total, turns } = forecast
  const saved = total.withoutCache.usd === 0 ? 0 : 1 - total.withCache.usd / total.withoutCache.usd
  const name = `${forecast.seller}/${forecast.model}`
  return page(`${name}: ${turns.length} turns`, [
    `<h1>${escaped(name)}: ${formatCount(turns.length)} turns</h1>`,
    '<div class="cards">',
    card('with the cache', formatUsd(total.withCache)),
    card('without', formatUsd(total.withoutCache)),
    card('saved', saved > 0 ? formatShare(saved) : 'nothing'),
    card('caching pays from turn', forecast.cachePaysFromTurn === null ? 'never' : String(forecast.cachePaysFromTurn)),
    '</div>',
    ...(forecast.complete ? [] : ['<p>A rate is not known: the costs are lower bounds.</p>']),
    '<h2>Cost so far</h2>',
    curves(turns),
    '<h2>Turns</h2>',
    table(
      [
        { title: 'turn', number: true },
        { title: 'calls', number: true },
        { title: 'input', number: true },
        { title: 'cached', number: true },
        { title: 'output', number: true },
        { title: 'cost', number: true },
        { title: 'so far', number: true },
        { title: 'so far, uncached', number: true },
        { title: '' },
      ],
      turns.map((turn) => [
        String(turn.turn),
        String(turn.calls),
        formatCount(turn.inputTokens),
        formatCount(turn.cacheReadTokens),
        formatCount(turn.outputTokens),
        formatUsd(turn.cost.withCache),
        formatUsd(turn.total.withCache),
        formatUsd(turn.total.withoutCache),
        [turn.compacted ? 'compacted' : '', turn.cacheExpired ? 'cache expired' : ''].filter(Boolean).join(', '),
      ]),
    ),
    `<p class="faint">${escaped(`Price: table ${forecast.table}, row ${forecast.price}`)}</p>`,
  ])
}

function curves(turns: readonly ForecastTurn[]): string {
  const [width, height, left, bottom] = [CHART_WIDTH, 280, 80, 26]
  const most = Math.max(...turns.map(({ total }) => Math.max(total.withCache.usd, total.withoutCache.usd))) || 1
  const x = (index: number): string => (left + (index / turns.length) * (width - left - 10)).toFixed(1)
  const y = (usd: number): string => (height - bottom - (usd / most) * (height - bottom - 14)).toFixed(1)
  const points = (usd: (turn: ForecastTurn) => number): string =>
    [`${x(0)},${y(0)}`, ...turns.map((turn, index) => `${x(index + 1)},${y(usd(turn))}`)].join(' ')
  const cached = points(({ total }) => total.withCache.usd)
  const plain = points(({ total }) => total.withoutCache.usd)
  const last = turns.at(-1) as ForecastTurn
  const dearest =
    last.total.withCache.usd > last.total.withoutCache.usd ? last.total.withCache : last.total.withoutCache
  return [
    `<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="cost over the turns">`,
    `<polygon class="area" points="${x(0)},${y(0)} ${cached} ${x(turns.length)},${y(0)}"/>`,
    `<polyline class="stroke" points="${cached}"/><polyline class="stroke2" points="${plain}"/>`,
    `<path class="axis" d="M${left},10 V${height - bottom} H${width - 10}"/>`,
    `<text x="${left - 6}" y="18" text-anchor="end">${escaped(formatUsd(dearest))}</text>`,
    `<text x="${left - 6}" y="${height - bottom}" text-anchor="end">$0</text>`,
    `<text x="${left}" y="${height - 8}">start</text>`,
    `<text x="${width - 10}" y="${height - 8}" text-anchor="end">turn ${turns.length}</text>`,
    `</svg><figcaption>${swatches([
      ['main', 'with the cache'],
      ['other', 'without (dashed)'],
    ])}</figcaption></figure>`,
  ].join('')
}
