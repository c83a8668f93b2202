import packageJson from '../../package.json' with { type: 'json' }

/** Names of the files in `dist/` that the exports name: the export list in package.json is the truth. */
export const libraryEntries: readonly string[] = Object.values(packageJson.exports)
  .map((target) => (typeof target === 'string' ? target : target.default))
  .filter((file) => file.endsWith('.js'))
  .map((file) => file.replace(/^\.\/dist\//, '').replace(/\.js$/, ''))

/** The sources of public subpaths: `dist/x/y.js` is built from `src/x/y.ts`. */
export const librarySources: Record<string, string> = Object.fromEntries(
  libraryEntries.map((entry) => [entry, `src/${entry}.ts`]),
)

/** The worker threads' file, which is loaded by its address, not by its name. */
export const workerSource: Record<string, string> = { 'parallel-worker': 'src/parallel-worker.ts' }

export const commandSource: Record<string, string> = { cli: 'src/cli/main.ts' }
