/**
 * Fills in what README.md claims: the output of its first program, the sessions of the command line, the sizes of the imports.
 *
 * Run: npm run readme (builds first)
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { consoleSession } from '../tests/cli/readme.ts'
import setup, { root } from '../tests/package/build.ts'
import { install } from '../tests/package/installed.ts'
import { filled, programOutput, sizeRows } from '../tests/package/readme.ts'

setup()
const file = join(root, 'README.md')
const { folder } = install()
let text = readFileSync(file, 'utf8')
text = filled(text, 'program-output', `\n\`\`\`text\n${programOutput(text, folder)}\`\`\`\n`)
text = filled(text, 'sizes', await sizeRows(folder))
for (const [, command] of text.matchAll(/<!-- console: (.*) -->/g))
  text = filled(text, `console: ${command}`, await consoleSession(command))
writeFileSync(file, text)
