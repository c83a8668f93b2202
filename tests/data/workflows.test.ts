/** The workflows as GitHub will read them: they parse, and what they run exists. */
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import packageJson from '../../package.json' with { type: 'json' }

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly name?: string
  readonly env?: Readonly<Record<string, string>>
}
interface Job {
  readonly 'runs-on': string
  readonly 'timeout-minutes'?: number
  readonly needs?: string | string[]
  readonly steps: readonly Step[]
}
interface Workflow {
  readonly on: { readonly schedule?: readonly { readonly cron: string }[]; readonly workflow_dispatch?: unknown }
  readonly permissions: object
  readonly jobs: Readonly<Record<string, Job>>
}

const folder = resolve(import.meta.dirname, '../../.github/workflows')
const workflows = readdirSync(folder).map((name) => {
  const document = parseDocument(readFileSync(resolve(folder, name), 'utf8'), { strict: true, uniqueKeys: true })
  return { name, faults: [...document.errors, ...document.warnings], content: document.toJS() as Workflow }
})

describe.each(workflows)('$name', ({ faults, content }) => {
  const steps = Object.values(content.jobs).flatMap((job) => job.steps)

  it('parses, and gives no right at the top but to read', () => {
    expect(faults).toEqual([])
    expect(content.permissions).toEqual({ contents: 'read' })
  })

  it('has jobs that exist where others need them, and steps that do one thing', () => {
    for (const job of Object.values(content.jobs)) {
      for (const name of [job.needs ?? []].flat()) expect(Object.keys(content.jobs)).toContain(name)
      expect(job['runs-on']).toMatch(/^(?:ubuntu|windows|macos)-[\d.]+$|matrix\.os/)
    }
    for (const step of steps) expect([step.uses, step.run].filter((what) => what !== undefined)).toHaveLength(1)
  })

  it('runs npm scripts that exist, and actions pinned by commit', () => {
    for (const { uses, run = '' } of steps) {
      if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
      for (const [, script] of run.matchAll(/npm run (?:--silent )?([\w:-]+)/g)) {
        expect(Object.keys(packageJson.scripts)).toContain(script)
      }
    }
  })

  it('puts no expression of an event into a shell line', () => {
    for (const { run = '' } of steps) expect(run.match(/\$\{\{\s*github\.(?:event|head_ref)/g)).toBeNull()
  })
})

describe('prices.yml', () => {
  const { content } = workflows.find(({ name }) => name === 'prices.yml') as (typeof workflows)[number]

  it('runs every day, pins the newest catalogues, and raises an alarm after 7 days without success', () => {
    expect(content.on.schedule?.map(({ cron }) => cron)).toEqual([expect.stringMatching(/^\d+ \d+ \* \* \*$/)])
    expect(content.jobs['update']?.steps.map(({ run }) => run)).toContain('npm run prices:update -- --latest')
    expect(content.jobs['alarm']).toMatchObject({ needs: 'update', if: 'always()' })
    expect(content.jobs['alarm']?.steps[0]?.run).toContain('7 days ago')
  })
})
