import { describe, expect, it } from 'vitest'
import { defaultTable } from '../../../src/pricing/builtin.ts'
import { suggest } from '../../../src/pricing/suggest.ts'

describe('suggestions for an unknown model', () => {
  it.each([
    ['gtp-5', 'gpt-5'],
    ['gpt5mini', 'gpt-5-mini'],
    ['claude-sonet-4-5', 'claude-sonnet-4-5'],
  ])('for %s begin with %s', (typed, meant) => {
    expect(suggest(defaultTable(), typed)[0]).toBe(meant)
  })

  it('are those of the seller, and of others where it has none', () => {
    expect(suggest(defaultTable(), 'claude-sonet-5', 'google-vertex')[0]).toBe('google-vertex/claude-sonnet-5')
    expect(suggest(defaultTable(), 'claude-sonnet-5', 'google')).toContain('google-vertex/claude-sonnet-5')
    expect(suggest(defaultTable(), 'gpt-5', 'nobody')[0]).toBe('gpt-5')
  })

  it('are none where nothing resembles it', () => {
    expect(suggest(defaultTable(), 'zzzzqqqq')).toEqual([])
    expect(suggest(defaultTable(), '')).toEqual([])
  })
})
