import { defineConfig } from 'vitest/config'
import { vocabularyLines } from './vitest.shared.ts'

/** The long suites: whole Unicode range, a million strings per encoding, 100 MB of text. Hours on a small machine. */
export default defineConfig({
  plugins: [vocabularyLines()],
  test: {
    include: ['tests/**/*.slow.test.ts'],
    testTimeout: 3_600_000,
    fileParallelism: false,
  },
})
