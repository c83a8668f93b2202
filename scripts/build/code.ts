/** The code of `dist/`; its declarations are tsup's. `npm run build:code`, or `npm run build:code -- FOLDER` to write it elsewhere. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Plugin, rolldown } from 'rolldown'
import { entries } from './entries.ts'

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

/** V8 holds a module with one character beyond Latin-1 in two bytes per character. An escape means the same in strings, templates, patterns and names. */
const ascii: Plugin = {
  name: 'ascii',
  renderChunk: (code) =>
    code.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
}

/**
 * What is shared, in few files, since Node finds, reads and links each by itself, and the root needs all of these. A group holds
 * nothing that one of its readers must not have: `tokenfare/heuristic` has no prices, `tokenfare/sellers` no estimates. The heuristic
 * makes tables when it is loaded, which bundlers would keep in every bundle with the base: it stays apart.
 */
const groups = [
  {
    name: 'base',
    test: /src\/(?:errors|money|bytes|likeness|tokenizer\/(?:text-chunks|unicode.*|scanners\/(?:scanner|ascii-runs)))\.ts$/,
    priority: 3,
  },
  { name: 'heuristic', test: /src\/tokenizer\/(?:heuristic|class-features)/, priority: 2 },
  { name: 'prices', test: /src\/pricing\//, priority: 2, minShareCount: 2 },
  { name: 'estimates', test: /src\/(?:models\/|counting\/|estimate\/|encodings\/load|index)/, minShareCount: 2 },
]

const root = resolve(import.meta.dirname, '../..')
const build = await rolldown({
  cwd: root,
  input: entries,
  external: [/^node:/],
  platform: 'neutral',
  transform: { target: 'es2022' },
  plugins: [vocabularies, ascii],
  // The values of imported constants, written into the code: what runs before it is compiled need not look them up.
  optimization: { inlineConst: { mode: 'all', pass: 2 } },
})
await build.write({
  dir: resolve(root, process.argv[2] ?? 'dist'),
  cleanDir: true,
  chunkFileNames: '[name]-[hash].js',
  // The declarations carry the documentation; here every character is read at each import.
  comments: { annotation: true, jsdoc: false, legal: false },
  // `const` stays: V8 compiles its value into the functions that use it, while a `var` is read and checked each time. A tenth of counting.
  topLevelVar: false,
  // Not even the default, which prints anew what the plugins wrote.
  minify: false,
  codeSplitting: { groups },
})
await build.close()
