import { readFile } from 'node:fs/promises'
import { defineConfig } from 'tsup'
import packageJson from './package.json' with { type: 'json' }

/** One entry per public subpath: the export list in package.json is the truth, `dist/x/y.js` is built from `src/x/y.ts`. */
const distFiles = Object.values(packageJson.exports)
  .map((target) => (typeof target === 'string' ? target : target.default))
  // The worker threads' file is loaded by its address, not by its name.
  .concat(packageJson.bin.tokenfare, 'dist/parallel-worker.js')
  .filter((file) => file.endsWith('.js'))
  .map((file) => file.replace(/^\.?\/?dist\//, '').replace(/\.js$/, ''))

const sourceOf = (entry: string) => (entry === 'cli' ? 'src/cli/main.ts' : `src/${entry}.ts`)
const entriesOf = (files: string[]) => Object.fromEntries(files.map((entry) => [entry, sourceOf(entry)]))

/**
 * A vocabulary as a module: its lines as plain strings. As one text with line breaks the bundler would print a template, which
 * engines take twice as long to read.
 */
const vocabularies = {
  name: 'vocabularies',
  setup(build: import('esbuild').PluginBuild) {
    build.onLoad({ filter: /\.vocab\.txt$/ }, async ({ path }) => {
      const lines = (await readFile(path, 'utf8')).split('\n')
      return { contents: `export default ${JSON.stringify(lines)}.join('\\n')`, loader: 'js' }
    })
  },
}

export default defineConfig({
  entry: entriesOf(distFiles),
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  external: [/^node:/],
  // Deno and workers know Node's modules by their full names only.
  removeNodeProtocol: false,
  splitting: true,
  // The command line and the worker's file are no library: they need no declarations.
  dts: { entry: entriesOf(distFiles.filter((entry) => !['cli', 'parallel-worker'].includes(entry))) },
  clean: true,
  esbuildPlugins: [vocabularies],
})
