import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from './build.ts'
import { install, runNode } from './installed.ts'

/** What each example prints; a new one must be added here. */
const outputs: Readonly<Record<string, string>> = {
  'agent-loop.mjs': '60 s: 3.4431875, 47 % less, from turn 1\n900 s: 4.1925, 36 % less, from turn 1\n',
  'before-a-call.mjs': 'send it\ntoo dear\n',
  'bill-of-a-month.mjs':
    'exactly $0.3132\nfloats drift by $7.93809462606987e-15\ninput 176, output 350, cacheRead 1024\n',
  'explain-the-range.mjs':
    '0.0000325 to 0.0040325, expected 0.0021525\noutput-length: -0.00212, +0.00188\na month: 65.4725925\ncost-limit-exceeded\n',
  'learn-reply-lengths.mjs':
    '60 replies, half within 104 tokens, the next within 137 (90 %)\nexpected 105, at most 16384\n',
  'own-gpu-or-api.mjs': 'renting wins from 143467 calls a day\nat 143467: $64.56 against $64.56015\n',
}
const folder = join(root, 'examples')

it('runs every example on the installed package', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.mjs'))
  expect(names).toEqual(Object.keys(outputs))
  for (const name of names) {
    expect(runNode(install().folder, name, readFileSync(join(folder, name), 'utf8')), name).toBe(outputs[name])
  }
})
