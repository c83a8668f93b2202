import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * The layers of ARCHITECTURE.md: a file imports from its own folder and from folders of a smaller number.
 * `encodings/` binds packed vocabularies to the tokenizer; only dynamic imports reach it from above.
 */
const layerOf: Record<string, number> = {
  'bytes.ts': 0,
  'errors.ts': 0,
  'likeness.ts': 0,
  'money.ts': 0,
  tokenizer: 1,
  'tokenizer.ts': 1,
  'heuristic.ts': 1,
  pricing: 1,
  'pricing.ts': 1,
  'sellers.ts': 1,
  encodings: 1.5,
  'parallel.ts': 2,
  'parallel-worker.ts': 2,
  models: 2,
  counting: 3,
  estimate: 4,
  deployment: 4,
  'deployment.ts': 4,
  'index.ts': 6,
  report: 7,
  cli: 8,
}
/** Folders on one layer that must not know each other. */
const strangers = [
  ['tokenizer', 'pricing'],
  ['estimate', 'deployment'],
]

const source = resolve(import.meta.dirname, '../src')

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : path.endsWith('.ts') && !path.endsWith('.d.ts') ? [path] : []
  })
}

function topOf(path: string): string {
  return relative(source, path).split('/')[0] as string
}

/** Arrows of the real import statements, `from` and `to` being entries right below `src/`. */
function arrows(): { from: string; to: string; file: string; specifier: string }[] {
  return filesBelow(source).flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] as string)
    return specifiers
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => ({
        from: topOf(file),
        to: topOf(resolve(dirname(file), specifier)),
        file: relative(source, file),
        specifier,
      }))
      .filter(({ to }) => to !== '..')
  })
}

function violation({ from, to }: { from: string; to: string }): string | undefined {
  if (from === to) return undefined
  const [fromLayer, toLayer] = [layerOf[from], layerOf[to]]
  if (fromLayer === undefined) return `src/${from} is on no layer`
  if (toLayer === undefined) return `src/${to} is on no layer`
  if (toLayer > fromLayer) return `layer ${fromLayer} imports layer ${toLayer}`
  if (strangers.some((pair) => pair.includes(from) && pair.includes(to))) return 'strangers on one layer'
  return undefined
}

describe('layers', () => {
  it('have no arrow that points up or sideways', () => {
    const wrong = arrows()
      .map((arrow) => ({ ...arrow, reason: violation(arrow) }))
      .filter(({ reason }) => reason !== undefined)
    expect(wrong).toEqual([])
  })

  it('would notice an arrow that points up', () => {
    expect(violation({ from: 'tokenizer', to: 'models' })).toBe('layer 1 imports layer 2')
    expect(violation({ from: 'pricing', to: 'tokenizer' })).toBe('strangers on one layer')
    expect(violation({ from: 'models', to: 'nowhere' })).toBe('src/nowhere is on no layer')
  })

  it('let only the command line and worker threads use Node', () => {
    const users = filesBelow(source).filter((file) => /from 'node:/.test(readFileSync(file, 'utf8')))
    expect(users.map((file) => topOf(file)).filter((top) => top !== 'cli')).toEqual(['parallel-worker.ts'])
  })
})
