import type { UserPriceFile } from '../../../src/pricing.ts'

const variants = [
  { rate: 'image', size: '1K', usd: '0.02' },
  { rate: 'image', size: '2K', quality: 'high', usd: null },
] as const
const card = {
  rates: { input: '1', output: null },
  tiers: [{ above: 5, inclusive: true, rates: { input: '2' } }],
  variants,
}

/** A file with every part of the format. */
export const wholeFile: UserPriceFile = {
  seller: 'acme',
  kind: 'host',
  sources: { s: 'a page' },
  allowances: {
    gift: { rate: 'webSearch', amount: 5, per: 'day', scope: 'project', source: 's', checked: '2026-01-01', note: 'n' },
  },
  models: [
    {
      id: 'm',
      aliases: ['n'],
      context: 9,
      allowances: ['gift'],
      periods: [
        { ...card, until: '2026-01-01', source: 's', checked: '2026-01-01' },
        {
          ...card,
          from: '2026-01-01',
          modes: { batch: card },
          regions: { eu: { ...card, modes: { batch: card } } },
          schedule: { ...card, name: 'peak', zone: 'UTC', windows: [{ days: [1], from: '01:00', to: '02:00' }] },
        },
      ],
    },
  ],
}
