/** Lets scripts import `*.vocab.txt` as the build does: `tsx --import ./scripts/text-loader.mjs script.ts`. */
import { register } from 'node:module'

const hooks = `
import { readFile } from 'node:fs/promises'
export async function load(url, context, next) {
  if (!url.endsWith('.vocab.txt')) return next(url, context)
  return { format: 'module', shortCircuit: true, source: 'export default ' + JSON.stringify((await readFile(new URL(url), 'utf8')).split('\\n')) }
}`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)
