import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namespaceText } from '../../src/counting/namespace-text.ts'

/** As Python's `inspect.cleandoc` has it, then without white space around it. */
function cleaned(text: string): string {
  const [first = '', ...rest] = text.split('\n')
  const indents = rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const margin = indents.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...indents)
  return [first.trimStart(), ...rest.map((line) => line.slice(Math.min(margin, line.length)))].join('\n').trim()
}

describe('descriptions of functions', () => {
  it('lose the indentation that their lines share', () => {
    const lines = fc.array(fc.constantFrom(' ', '  ', '\n', '\n', 'a', 'b c', '\t', '\r', '\u00a0'), { maxLength: 12 })
    fc.assert(
      fc.property(lines, (parts) => {
        const description = parts.join('')
        const text = namespaceText([{ name: 'f', description, schema: {} }], { dedentedDescriptions: true })
        const written = cleaned(description)
        const above = written === '' ? '' : `// ${written}\n`
        expect(text).toBe(`namespace functions {\n\n${above}type f = () => any;\n\n} // namespace functions`)
      }),
      { numRuns: 2000 },
    )
  })
})
