/** The code of `dist/`; its declarations are tsup's. `npm run build:code`, or `npm run build:code -- FOLDER` to write it elsewhere. */
import { readFile, rm } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { type Plugin, rolldown } from 'rolldown'
import { minify } from 'terser'
import { commandSource, librarySources, workerSource } from './entries.ts'

/**
 * A vocabulary as a module: its lines as plain strings. As one text with line breaks the bundler would print a template, which
 * engines take twice as long to read; joined when loaded, it would be a megabyte to copy.
 */
const vocabularies: Plugin = {
  name: 'vocabularies',
  load: {
    filter: { id: /\.vocab\.txt$/ },
    async handler(id) {
      const lines = (await readFile(id, 'utf8')).split('\n')
      return { code: `export default ${JSON.stringify(lines)}`, moduleType: 'js' }
    },
  },
}

/**
 * What V8 reads at each import, shorter: local names of a letter or two, no indentation, and ASCII alone, since V8 holds a module with one
 * character beyond Latin-1 in two bytes per character. Functions and classes keep their names, and most statements a line of their own, so that
 * a stack tells where it comes from; nothing is rewritten. Vocabularies are text already.
 */
const compact: Plugin = {
  name: 'compact',
  async renderChunk(code, chunk) {
    if (chunk.name.endsWith('.vocab')) return null
    const { code: compacted } = await minify(code, {
      ecma: 2020,
      module: true,
      compress: false,
      mangle: { toplevel: false, module: false },
      format: { ascii_only: true, semicolons: false, preserve_annotations: true },
    })
    return compacted ?? null
  },
}

/**
 * What is shared, in few files, since Node finds, reads and links each by itself; the rest of what the root needs is in its own file. A
 * group holds nothing that one of its readers must not have: `tokenfare/sellers` no estimates, a vocabulary no prices.
 */
const groups = [
  {
    name: 'base',
    test: /src\/(?:errors|money|bytes|likeness|encodings\/load|tokenizer\/(?:text-chunks|unicode.*|scanners\/(?:scanner|ascii-runs)))\.ts$/,
    priority: 3,
  },
  {
    name: 'engine',
    test: /src\/tokenizer\/(?!pipeline|patterns|files|heuristic|class-features)/,
    priority: 2,
    minShareCount: 2,
  },
  { name: 'prices', test: /src\/pricing\//, priority: 2, minShareCount: 2 },
]

const root = resolve(import.meta.dirname, '../..')
const folder = resolve(root, process.argv[2] ?? 'dist')

/** The library's own files, for what is built beside it. */
const library: Plugin = {
  name: 'library',
  resolveId: {
    filter: { id: /^\.{1,2}\// },
    handler(specifier, importer) {
      const source = importer === undefined ? '' : relative(root, resolve(dirname(importer), specifier))
      const entry = Object.keys(librarySources).find((name) => librarySources[name] === source)
      return entry === undefined ? null : { id: `./${entry}.js`, external: 'absolute' }
    },
  },
}

async function build(
  input: Record<string, string>,
  options: { plugins?: Plugin[]; groups?: typeof groups },
): Promise<void> {
  const bundle = await rolldown({
    cwd: root,
    input,
    external: [/^node:/],
    platform: 'neutral',
    // Most of the time goes into `compact`, which is known.
    checks: { pluginTimings: false },
    transform: { target: 'es2022' },
    // The values of imported constants, written into the code: what runs before it is compiled need not look them up.
    optimization: { inlineConst: { mode: 'all', pass: 2 } },
    plugins: [vocabularies, compact, ...(options.plugins ?? [])],
  })
  await bundle.write({
    dir: folder,
    chunkFileNames: '[name]-[hash].js',
    // The declarations carry the documentation; here every character is read at each import.
    comments: { annotation: true, jsdoc: false, legal: false },
    // `const` stays: V8 compiles its value into the functions that use it, while a `var` is read and checked each time. A tenth of counting.
    topLevelVar: false,
    // Not even the default, which prints anew what the plugins wrote.
    minify: false,
    codeSplitting: { groups: options.groups ?? [] },
  })
  await bundle.close()
}

await rm(folder, { recursive: true, force: true })
const { heuristic, ...shared } = librarySources
await build({ ...shared, ...workerSource }, { groups })
// A file of its own, with a copy of the little that it needs: the root would have one file more to read.
await build({ heuristic } as Record<string, string>, {})
// The command line is a user of the library.
await build(commandSource, { plugins: [library] })
