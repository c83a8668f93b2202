/** Loads every hostile file in a process of its own and prints what came of it, with the highest memory use, as JSON. */
import { isTokenfareError } from '../../src/errors.ts'
import { loadTokenizer } from '../../src/tokenizer.ts'
import { hostileFiles } from './hostile-files.ts'

const results = hostileFiles.map(({ name, source, options }) => {
  const file = source()
  const cpu = process.cpuUsage()
  try {
    loadTokenizer(file, options).count('hello')
    return { name, code: 'accepted', message: '', seconds: 0 }
  } catch (error) {
    const { user, system } = process.cpuUsage(cpu)
    const code = isTokenfareError(error) ? error.code : 'other'
    return { name, code, message: error instanceof Error ? error.message : '', seconds: (user + system) / 1e6 }
  }
})
process.stdout.write(JSON.stringify({ results, maxRssBytes: process.resourceUsage().maxRSS * 1024 }))
