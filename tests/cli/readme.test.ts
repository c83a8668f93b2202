import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { between } from '../package/readme.ts'
import { consoleSession } from './readme.ts'

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
const commands = [...readme.matchAll(/<!-- console: (.*) -->/g)].map((match) => match[1])

describe('README', () => {
  it.each(commands)('shows the true output of tokenfare %s', async (command) => {
    expect(between(readme, `console: ${command}`)).toBe(await consoleSession(command))
  })
})
