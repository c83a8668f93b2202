/** The review of an import, for people: what was held, changed, overridden and doubted. */
import type { Remark } from './merge.ts'

const chapters: readonly (readonly [Remark['kind'], string, string])[] = [
  ['held', 'Held by a gate', 'The accepted price stays until an override gives a reason and a source.'],
  ['changed', 'Changed', 'Within the gates; the old price stays in the history.'],
  ['removed', 'Removed', 'Rows that no catalogue has any more.'],
  ['override', 'Overridden by hand', 'From pricing/overrides; hand-verified rows win over every catalogue.'],
  [
    'disagreement',
    'Catalogues disagree',
    'Input/output/cached input per million tokens by source; the first one is used unless overridden.',
  ],
]

/** Flags without a line each: counts by seller. */
const counted: readonly (readonly [Remark['kind'], string])[] = [
  ['single-source', 'only in the freshest catalogue (pi)'],
  ['not-in-fresh', 'not in the freshest catalogue'],
]

export function reviewText(version: string, remarks: readonly Remark[]): string {
  const of = (kind: Remark['kind']): Remark[] => remarks.filter((remark) => remark.kind === kind)
  const sections = chapters.flatMap(([kind, title, meaning]) => [
    `## ${title} (${of(kind).length})`,
    '',
    meaning,
    '',
    ...of(kind).map(({ seller, model, text }) => `- \`${seller}/${model}\`: ${text}`),
    ...(of(kind).length > 0 ? [''] : []),
  ])
  const counts = counted.flatMap(([kind, title]) => {
    const bySeller = new Map<string, number>()
    for (const { seller } of of(kind)) bySeller.set(seller, (bySeller.get(seller) ?? 0) + 1)
    return [
      `## Flag: ${title} (${of(kind).length})`,
      '',
      [...bySeller].map(([seller, n]) => `${seller} ${n}`).join(', '),
      '',
    ]
  })
  return [
    '# Review of the last import',
    '',
    `Table ${version}. Written by \`npm run prices:update\`.`,
    '',
    ...sections,
    ...counts,
  ].join('\n')
}
