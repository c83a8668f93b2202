/** Adversarial strings from a seed: what has told tokenizers apart, glued together at random. */

/** A small seeded generator (mulberry32), so that a failing string can be made again. */
export function randomSource(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** Each row a family of traps; the scripts where letters have no case, marks, and three forms of case. */
const fragments: readonly string[] = [
  ...['a', 'b', 'Z', 'QU', 'the', ' hello', 'World', 'camelCase', 'HTTPServer', 'x', 'é', 'ß', 'ſ', 'ǅ', 'ʰ', 'ñ'],
  ...['中', '文', '的', '。', '，', '、', 'ひ', 'ら', 'カ', 'ー', '・', '゠', '゛', '〇', '한', '국', '𠀀', '㍿'],
  ...['д', 'Ж', 'мир', ' Привет', 'ا', 'لم', 'ע', 'ह', 'ि', '्', 'क्ष', 'ก', 'ำ', '่', 'ᨠ', '\u1acf', '\u0301', '\u20dd'],
  ...['0', '1', '23', '4567', '٣', '½', 'Ⅷ', '১২৩৪'],
  ...[' ', '  ', '   ', '\t', '\n', '\r', '\r\n', '\n\n', ' \n', '\u000b', '\u000c', '\u001c', '\u001f'],
  ...['\u00a0', '\u0085', '\ufeff', '\u2028', '\u2029', '\u3000', '\u180e', '\u200b', '\u200d', '\u202f', '\u1680'],
  ...["'s", "'S", "'ſ", "'t", "'ll", "'LL", "'lL", "'re", "'rE", "'ve", "'d", "'M", "'x", "''", 'o’clock'],
  ...['!', '?', '/', '//', '\n/', '...', '"', '(', ')', '_', '__', '^', '-', '--', '=', '{"a":', '="', '€', '$', '«'],
  ...[
    '👍',
    '🏽',
    '👨‍👩‍👧',
    '🇩🇪',
    '✌️',
    '\ud800',
    '\udc00',
    '\udfff',
    '\u0000',
    '\u007f',
    '\ue000',
    '\u088f',
    '\u{10d40}',
  ],
  ...['<|endoftext|>', '<|fim_prefix|>', '<|start|>', '<|im_end|>', 'hasOwnProperty', '__proto__', 'isPrototypeOf'],
]

/** One string of up to about `most` fragments; now and then a run, a random unit or a random code point. */
export function fuzzText(random: (below: number) => number, most = 14): string {
  let text = ''
  for (let left = 1 + random(most); left > 0; left--) {
    const kind = random(20)
    if (kind === 0) text += String.fromCharCode(random(0x10000))
    else if (kind === 1) text += String.fromCodePoint(random(0x110000))
    else if (kind === 2) text += (fragments[random(fragments.length)] as string).repeat(1 + random(40))
    else text += fragments[random(fragments.length)]
  }
  return text
}

/** A text with lone surrogates replaced by U+FFFD, as UTF-8 has it. */
export function wellFormed(text: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text))
}
