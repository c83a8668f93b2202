import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { hostileFiles } from './hostile-files.ts'

interface Report {
  readonly results: readonly { name: string; code: string; message: string; seconds: number }[]
  readonly maxRssBytes: number
}

function report(): Report {
  const script = fileURLToPath(new URL('hostile-process.ts', import.meta.url))
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as Report
}

describe('hostile tokenizer files', () => {
  const { results, maxRssBytes } = report()

  it.each(hostileFiles.map(({ name, reason }, i) => ({ name, reason, i })))(
    '$name: refused with the reason',
    ({ reason, i }) => {
      const result = results[i]
      expect(result?.code).toBe('unsupported-tokenizer')
      expect(result?.message).toMatch(reason)
      // CPU seconds, so that other work on the machine does not count.
      expect(result?.seconds).toBeLessThan(1)
    },
  )

  it('are at least sixty, and the whole corpus stays within 512 MB', () => {
    expect(hostileFiles.length).toBeGreaterThanOrEqual(60)
    expect(maxRssBytes).toBeLessThan(512e6)
  })
})
