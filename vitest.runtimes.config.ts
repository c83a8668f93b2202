import { defineConfig } from 'vitest/config'

/** The same counts on other runtimes: Node 22, 24 and 26, Deno, Bun, workerd, Chromium. Installs what it needs. */
export default defineConfig({
  test: {
    include: ['tests/runtimes/**/*.test.ts'],
    globalSetup: ['tests/package/build.ts'],
    testTimeout: 120_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
})
