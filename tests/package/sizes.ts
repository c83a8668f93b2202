/** Programs that users would write, and how large they become. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'
import { root } from './build.ts'

/** A minified bundle of a program, for browsers, in one file. `without` names generated data to leave out. */
export async function bundle(folder: string, program: string, plugins: Plugin[] = []): Promise<string> {
  const result = await build({
    stdin: { contents: program, resolveDir: folder, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    external: ['node:*'],
    target: 'es2022',
    loader: { '.txt': 'text' },
    write: false,
    plugins,
    logLevel: 'silent',
  })
  return result.outputFiles[0].text
}

/** Leaves the generated price table out of a bundle of the sources. */
export const withoutPriceTable: Plugin = {
  name: 'without-price-table',
  setup(build) {
    build.onLoad({ filter: /pricing\/table\.gen\.ts$/ }, () => ({
      contents:
        'export const tableStamp = { version: "", asOf: "1970-01-01", sha256: null }; export const packedSellers = []',
    }))
  },
}

export function gzipBytes(text: string): number {
  return gzipSync(text, { level: 9 }).length
}

/** A stretch from the middle of a packed vocabulary: whoever has it has the vocabulary. */
export function vocabularySample(name: string): string {
  const text = readFileSync(join(root, 'vocab', `${name}.vocab.txt`), 'utf8')
  return JSON.stringify(text.slice(200_000, 200_040)).slice(1, -1)
}
