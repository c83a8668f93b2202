import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from './build.ts'
import { type Installed, install, runNode } from './installed.ts'
import { between, programOutput, programs, sizeRows } from './readme.ts'

const readme = readFileSync(join(root, 'README.md'), 'utf8')
let installed: Installed
beforeAll(() => {
  installed = install()
})

describe('README', () => {
  it('shows the true output of its first program', () => {
    expect(between(readme, 'program-output')).toBe(`\n\`\`\`text\n${programOutput(readme, installed.folder)}\`\`\`\n`)
    expect(programs(readme)[0].trim().split('\n').length).toBeLessThanOrEqual(10)
  })

  it.each(programs(readme).slice(1))('has a program that runs: %#', (program) => {
    expect(runNode(installed.folder, 'readme.mjs', program)).toBe('')
  })

  it('states the sizes of its imports within 5 %', async () => {
    const stated = rowsOf(between(readme, 'sizes'))
    const measured = rowsOf(await sizeRows(installed.folder))
    expect(stated.map(({ row }) => row)).toEqual(measured.map(({ row }) => row))
    for (const [index, { row, kB }] of measured.entries()) {
      expect(Math.abs(stated[index].kB - kB), row).toBeLessThanOrEqual(Math.max(3, kB * 0.05))
    }
  })
})

function rowsOf(text: string): { row: string; kB: number }[] {
  return [...text.matchAll(/^(\| .* \| )(\d+) kB \|$/gm)].map((match) => ({ row: match[1], kB: Number(match[2]) }))
}
