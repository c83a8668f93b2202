import { defineConfig } from 'vitest/config'
import { vocabularyLines } from './vitest.shared.ts'

const plugins = [vocabularyLines()]

/** `source` tests run the sources; `package` tests run what `npm pack` would publish, built first when it is out of date. */
export default defineConfig({
  test: {
    projects: [
      {
        plugins,
        test: {
          name: 'source',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.slow.test.ts', 'tests/package/**', 'tests/runtimes/**'],
          testTimeout: 60_000,
        },
      },
      {
        plugins,
        test: {
          name: 'package',
          include: ['tests/package/**/*.test.ts'],
          exclude: ['tests/**/*.slow.test.ts'],
          globalSetup: ['tests/package/build.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
