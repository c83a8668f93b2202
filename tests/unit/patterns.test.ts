import { describe, expect, it } from 'vitest'
import { isTokenfareError } from '../../src/errors.ts'
import { Matcher } from '../../src/tokenizer/patterns/matcher.ts'
import { matchTexts } from '../reference/matches.ts'

describe('patterns of tokenizer files', () => {
  it.each([
    ['properties', '\\p{L}+|\\p{Nd}', 'aé中1٣Ⅷ', ['aé中', '1', '٣']],
    ['negated properties', '\\P{L}+|\\p{^Lu}', 'ab1.C', ['a', 'b', '1.']],
    ['scripts', '\\p{Han}+', '々中文かな漢', ['々中文', '漢']],
    ['intersections', '[\\p{L}&&[^\\p{Han}]]+', 'ab中c', ['ab', 'c']],
    ['white space with U+0085 and without U+FEFF', '\\s+', 'a\u0085 \ufeff\u3000b', ['\u0085 ', '\u3000']],
    ['ignored case, with the third forms of s and k', "(?i:'s|k)", "'S'ſ's\u212ak", ["'S", "'ſ", "'s", '\u212a', 'k']],
    ['an option for a whole group', '(?i)ab|c', 'ABc C', ['AB', 'c', 'C']],
    ['possessive repeats, which give nothing back', 'a++a|b?+b|[ac]{1,2}+c', 'aab bb b acc', ['bb', 'acc']],
    ['conditions on one character', '\\s+(?!\\S)|\\s+', 'a   b  ', ['  ', ' ', '  ']],
    ['word boundaries', '\\b\\w+\\b', 'ab, c١', ['ab', 'c١']],
    ['hexadecimal escapes', '[\\x{4e00}-\\x{9fa5}]|\\u3042|\\x41', '中あAB', ['中', 'あ', 'A']],
    ['hexadecimal digits', '\\h+', 'xAf09g', ['Af09']],
    ['lines', '^a|b$', 'ab\nab', ['a', 'b', 'a', 'b']],
  ])('%s', (_, pattern, text, expected) => {
    const syntax = pattern.includes('{1,2}+') ? 'rust' : 'oniguruma'
    expect(matchTexts(pattern, text, syntax)).toEqual(expected)
  })

  it('differ between dialects in anchors and word characters', () => {
    expect(matchTexts('^a|b$', 'ab\nab', 'rust')).toEqual(['a', 'b'])
    expect(matchTexts('\\w', '²\u200d', 'rust')).toEqual(['\u200d'])
    expect(matchTexts('\\w', '²\u200d', 'oniguruma')).toEqual(['²'])
  })

  it.each([
    ['backreferences', '(a)\\1', 'escape'],
    ['atomic groups', '(?>a)', 'atomic'],
    ['looking further than one character', '(?=ab)', 'more than one character'],
    ['possessive groups', '(?:ab)++', 'possessive repeat of a group'],
    ['other options', '(?x:a)', 'inline options'],
    ['options in the middle', 'a(?i)b', 'inline options'],
    ['unknown properties', '\\p{Klingon}', 'property'],
    ['cased properties without case', '(?i:\\p{Lu})', 'another set'],
    ['ignored case beyond ASCII', '(?i:é)', 'a to z'],
    ['letters that fold into one', '(?i:ss)', 'one character'],
    ['POSIX classes', '[[:alpha:]]', '[:alpha:]'],
    ['open classes', '[ab', 'too early'],
    ['open groups', '(a', 'not closed'],
    ['stray parentheses', 'a)', 'not opened'],
    ['repeats of nothing', '*a', 'nothing to repeat'],
    ['repeats in the wrong order', 'a{3,2}', 'wrong order'],
    ['huge counts', 'a{100000}', 'more than 1000'],
    ['counts that multiply', '((a{1,100}){1,100}){1,100}', 'too long'],
    ['automata that explode', '(a|b)*a(a|b){20}', 'too large'],
    ['deep nesting', '('.repeat(5000), 'nested'],
    ['deep classes', '['.repeat(5000), 'nested'],
    ['long patterns', 'a'.repeat(30_000), 'more than'],
  ])('refuse %s with the reason, at once', (_, pattern, reason) => {
    const start = performance.now()
    let error: unknown
    try {
      new Matcher(pattern, 'oniguruma')
    } catch (thrown) {
      error = thrown
    }
    expect(isTokenfareError(error) && error.code).toBe('unsupported-tokenizer')
    expect((error as Error).message).toContain(reason)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
