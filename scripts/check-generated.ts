/**
 * Runs the command named in the first line of every generated file and fails when the file changes.
 * A file that differs is left in its new form, so that the difference can be looked at and committed.
 *
 * Run: npm run check:generated
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Generated files that cannot carry a first line, with the command that makes them. */
const unmarked: ReadonlyMap<RegExp, string> = new Map([
  [/^vocab\/(?:.*\.vocab\.txt|manifest\.json)$/, 'vocab:pack'],
  [/^tests\/runtimes\/vectors\.json$/, 'vectors:runtimes'],
])

function trackedFiles(): string[] {
  return execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean)
}

/** The npm script that makes a file, if it is a generated one. */
function generatorOf(file: string): string | undefined {
  for (const [pattern, script] of unmarked) if (pattern.test(file)) return script
  if (!/\.gen\.\w+$/.test(file)) return undefined
  const firstLine = readFileSync(file, 'utf8').split('\n', 1)[0]
  const script = /npm run ([\w:-]+)/.exec(firstLine)?.[1]
  if (script === undefined) throw new Error(`${file}: the first line names no command; got ${firstLine}`)
  return script
}

const generated = trackedFiles()
  .map((file) => ({ file, script: generatorOf(file), before: readFileSync(file) }))
  .filter(({ script }) => script !== undefined)
for (const script of new Set(generated.map(({ script }) => script as string))) {
  execFileSync('npm', ['run', '--silent', script], { stdio: ['ignore', 'ignore', 'inherit'] })
}
const stale = generated.filter(({ file, before }) => !readFileSync(file).equals(before))
for (const { file, script } of stale) console.error(`${file} is not what \`npm run ${script}\` makes`)
console.log(`${generated.length} generated files, ${stale.length} stale`)
process.exitCode = stale.length === 0 ? 0 : 1
