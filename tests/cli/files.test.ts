import { execFileSync } from 'node:child_process'
import { lstatSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readUpTo, writeWhole } from '../../src/cli/files.ts'

const folder = mkdtempSync(join(tmpdir(), 'tokenfare-files-'))
const path = (name: string): string => join(folder, name)

describe('readUpTo', () => {
  it('gives a whole file, and one byte beyond the limit of a longer one', async () => {
    writeFileSync(path('ten'), '0123456789')
    expect((await readUpTo(path('ten'), 10)).length).toBe(10)
    expect((await readUpTo(path('ten'), 9)).length).toBe(10)
    expect((await readUpTo(path('ten'), 4)).length).toBe(5)
    expect((await readUpTo('/dev/zero', 1_000_000)).length).toBe(1_000_001)
  })

  it('rejects with the code of the fault', async () => {
    await expect(readUpTo(path('none'), 10)).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(readUpTo(folder, 10)).rejects.toMatchObject({ code: 'EISDIR' })
  })
})

describe('writeWhole', () => {
  it('keeps what is there unless it may replace it', async () => {
    await writeWhole(path('report'), 'one', false)
    await expect(writeWhole(path('report'), 'two', false)).rejects.toMatchObject({ code: 'EEXIST' })
    await writeWhole(path('report'), 'two', true)
    expect(readFileSync(path('report'), 'utf8')).toBe('two')
  })

  it('replaces a link, and leaves alone what it points at', async () => {
    writeFileSync(path('secret'), 'kept')
    symlinkSync(path('secret'), path('link'))
    await expect(writeWhole(path('link'), 'x', false)).rejects.toMatchObject({ code: 'EEXIST' })
    await writeWhole(path('link'), 'x', true)
    expect(readFileSync(path('secret'), 'utf8')).toBe('kept')
    expect(lstatSync(path('link')).isSymbolicLink()).toBe(false)
  })

  it('refuses pipes and folders, and leaves nothing behind', async () => {
    execFileSync('mkfifo', [path('pipe')])
    await expect(writeWhole(path('pipe'), 'x', true)).rejects.toMatchObject({ code: 'ENOTFILE' })
    await expect(writeWhole(folder, 'x', true)).rejects.toMatchObject({ code: 'EISDIR' })
    await expect(writeWhole(path('none/report'), 'x', true)).rejects.toMatchObject({ code: 'ENOENT' })
    expect(lstatSync(path('pipe')).isFIFO()).toBe(true)
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})
