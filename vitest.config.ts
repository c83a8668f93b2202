import { defineConfig } from 'vitest/config'
import { vocabularyText } from './vitest.shared.ts'

export default defineConfig({
  plugins: [vocabularyText()],
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/**/*.slow.test.ts'],
    testTimeout: 60_000,
  },
})
