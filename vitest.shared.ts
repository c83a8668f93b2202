import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/** Loads `*.vocab.txt` as its lines, as the build does. */
export function vocabularyLines(): Plugin {
  return {
    name: 'vocabulary-lines',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith('.vocab.txt')) return null
      return `export default ${JSON.stringify(readFileSync(id, 'utf8').split('\n'))}`
    },
  }
}
