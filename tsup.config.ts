import { defineConfig } from 'tsup'
import { librarySources } from './scripts/build/entries.ts'

/** The declarations of `dist/`; its code is rolldown's. The command line and the worker's file are no library and need none. */
export default defineConfig({
  entry: librarySources,
  format: 'esm',
  dts: { only: true },
})
