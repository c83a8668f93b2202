import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/** Loads `*.vocab.txt` as a default-exported string, as the bundler's text loader does in the build. */
export function vocabularyText(): Plugin {
  return {
    name: 'vocabulary-text',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith('.vocab.txt')) return null
      return `export default ${JSON.stringify(readFileSync(id, 'utf8'))}`
    },
  }
}
