import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

async function bundle(code: string): Promise<{ gzip: number; text: string }> {
  const result = await build({
    stdin: { contents: code, resolveDir: root, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    external: ['node:*'],
    loader: { '.txt': 'text' },
  })
  const text = (result.outputFiles[0] as { text: string }).text
  return { gzip: gzipSync(text, { level: 9 }).length, text }
}

describe('the price table in a bundle', () => {
  it('takes at most 80 kB gzip without code', async () => {
    const { gzip } = await bundle("export { packedSellers, tableStamp } from './src/pricing/table.gen.ts'")
    expect(gzip).toBeLessThanOrEqual(80_000)
  })

  it('shrinks to one seller where one is imported', async () => {
    const { gzip, text } = await bundle(
      "import { costUnder, groq, tableOfSellers } from './src/sellers.ts'\nconst t = tableOfSellers(groq)\nexport const f = (u: object) => costUnder(t, u, 'openai/gpt-oss-120b', { seller: 'groq' })",
    )
    expect(text).toContain('llama-3.3-70b-versatile')
    expect(text).not.toContain('claude-sonnet-5')
    expect(gzip).toBeLessThanOrEqual(15_000)
  })
})
