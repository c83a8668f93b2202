import * as peer from '@huggingface/tokenizers'
import { describe, expect, it } from 'vitest'
import { loadPack, loadTokenizer, packTokenizer } from '../../src/tokenizer.ts'
import { fuzzText, randomSource, wellFormed } from '../reference/fuzz-text.ts'
import {
  byteLevelJson,
  characterJson,
  sentencePieceModel,
  tekkenJson,
  tiktokenText,
} from '../reference/small-tokenizers.ts'

describe('arguments', () => {
  it.each([
    [undefined, {}, /source: bytes, a text or parsed JSON was expected, got undefined/],
    [5, {}, /source: .* got number/],
    ['AA== 0\n', { format: 'gguf' }, /format: one of tokenizer.json/],
    ['AA== 0\n', { pattern: {} }, /pattern: a string was expected, got an object/],
  ] as const)('of a wrong kind are named: %j %j', (source, options, message) => {
    expect(() => loadTokenizer(source as never, options as never)).toThrow(message)
    expect(() => packTokenizer(source as never, options as never)).toThrow(TypeError)
  })
})

describe('tokenizer.json', () => {
  it('merges bytes in the order of ranks', () => {
    const tokenizer = loadTokenizer(byteLevelJson(), { name: 'small' })
    expect(tokenizer.name).toBe('small')
    expect(tokenizer.encode('hello hello hell')).toEqual([259, 260, 32, 258])
    expect(tokenizer.decode([259, 260])).toBe('hello hello')
    expect(tokenizer.vocabularySize).toBe(301)
    expect(() => tokenizer.decode([299])).toThrow(RangeError)
  })

  it('takes special tokens for text unless they are allowed', () => {
    const tokenizer = loadTokenizer(JSON.stringify(byteLevelJson()))
    expect(tokenizer.count('<|end|>')).toBeGreaterThan(1)
    expect(tokenizer.encode('hello<|end|>', { allowedSpecial: 'all' })).toEqual([259, 300])
  })

  it('finds other added tokens always, the longest first, with the white space that they take', () => {
    const added = [
      { id: 310, content: '<a>', special: false, normalized: false },
      { id: 311, content: '<a><a>', special: false, normalized: false, lstrip: true, rstrip: true },
    ]
    const tokenizer = loadTokenizer(byteLevelJson({ added_tokens: added }))
    expect(tokenizer.encode('<a>hello <a><a> hello<a>')).toEqual([310, 259, 311, 259, 310])
  })

  it('keeps one merge of several that make a token: the one that happens', () => {
    const { vocab } = byteLevelJson().model as { vocab: Record<string, number> }
    const merges = ['a b', 'b c', 'ab c', 'a bc']
    const tokenizer = loadTokenizer(byteLevelJson({}, { vocab: { ...vocab, ab: 261, bc: 262, abc: 263 }, merges }))
    expect(tokenizer.encode('abc')).toEqual([263])
    expect(tokenizer.encode('bc')).toEqual([262])
  })

  it('takes whole pieces where merges are ignored, and only there', () => {
    const { vocab } = byteLevelJson().model as { vocab: Record<string, number> }
    const model = { vocab: { ...vocab, xyz: 261 } }
    expect(loadTokenizer(byteLevelJson({}, { ...model, ignore_merges: true })).encode('xyz xyz')[0]).toBe(261)
    expect(loadTokenizer(byteLevelJson({}, model)).count('xyz')).toBe(3)
    expect(loadTokenizer(byteLevelJson({}, model)).decode([261])).toBe('xyz')
  })

  it('reads what is put around a text without counting it', () => {
    const post_processor = {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '<|end|>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
      special_tokens: { '<|end|>': { id: '<|end|>', ids: [300], tokens: ['<|end|>'] } },
    }
    const tokenizer = loadTokenizer(byteLevelJson({ post_processor }))
    expect(tokenizer.template).toEqual({ before: [300], after: [] })
    expect(tokenizer.count('hello')).toBe(1)
  })

  it('splits by sequences of patterns, and drops what a split removes', () => {
    const split = (Regex: string, behavior: string, invert = false) => ({
      type: 'Split',
      pattern: { Regex },
      behavior,
      invert,
    })
    const bytes = { type: 'ByteLevel', add_prefix_space: false, use_regex: false }
    const load = (...pretokenizers: object[]) =>
      loadTokenizer(byteLevelJson({ pre_tokenizer: { type: 'Sequence', pretokenizers: [...pretokenizers, bytes] } }))
    expect(load(split('l', 'Isolated')).count('hello')).toBe(4)
    expect(load(split('l', 'MergedWithPrevious')).count('hello')).toBe(4)
    expect(load(split('ell', 'Removed')).decode(load(split('ell', 'Removed')).encode('hello'))).toBe('ho')
    expect(load(split('\\w+', 'Removed', true)).encode(' hello!')).toEqual([259])
    expect(load(split('\\d', 'Isolated'), split('o', 'Isolated')).encode('1hello')).toHaveLength(3)
  })

  it('merges characters, with bytes for those without a token, and cuts before words', () => {
    const tokenizer = loadTokenizer(characterJson())
    expect(tokenizer.encode('hello hello')).toEqual([403, 404])
    expect(tokenizer.encode('é中ß')).toEqual([305, 306, 0xc3 + 3, 0x9f + 3])
    expect(tokenizer.decode([403, 404])).toBe('hello hello')
    const long = 'hello '.repeat(20_000)
    expect(tokenizer.count(long)).toBe(tokenizer.encode(long).length)
  })
})

describe('other formats', () => {
  it('reads .tiktoken with a named or a written pattern', () => {
    const named = loadTokenizer(tiktokenText(), { pattern: 'cl100k', specialTokens: { '<end>': 400 } })
    const written = loadTokenizer(new TextEncoder().encode(tiktokenText()), { pattern: '\\p{L}+|\\P{L}' })
    expect(named.encode('hello hell')).toEqual([259, 32, 258])
    expect(written.encode('hello hell')).toEqual([259, 32, 258])
    expect(named.encode('<end>', { allowedSpecial: ['<end>'] })).toEqual([400])
    expect(() => loadTokenizer(tiktokenText())).toThrow(/pattern/)
  })

  it('reads tekken.json up to the size of its vocabulary', () => {
    const tokenizer = loadTokenizer(tekkenJson())
    expect(tokenizer.encode('hell')).toEqual([10 + 258])
    expect(tokenizer.count('unused')).toBe(6)
    expect(tokenizer.specialTokens.get('<unk>')).toBe(0)
  })

  it('reads a SentencePiece model, with runs of ▁ merged from the left', () => {
    const tokenizer = loadTokenizer(sentencePieceModel())
    expect(tokenizer.encode('hello')).toEqual([262])
    expect(tokenizer.encode('hello hello<user>ß')).toEqual([262, 262, 272, 0xc3 + 2, 0x9f + 2])
    // Five marks: 2, 3, 4 from the left, and one that is left.
    expect(tokenizer.encode('    ')).toEqual([264, 266])
    expect(tokenizer.decode(tokenizer.encode('hello  é'))).toBe('hello  é')
  })
})

describe('packs', () => {
  const files = {
    json: packTokenizer(byteLevelJson(), { name: 'json' }),
    characters: packTokenizer(characterJson()),
    tiktoken: packTokenizer(tiktokenText(), { pattern: '\\p{L}+|\\P{L}' }),
    sentencepiece: packTokenizer(sentencePieceModel()),
  }
  const originals = {
    json: loadTokenizer(byteLevelJson()),
    characters: loadTokenizer(characterJson()),
    tiktoken: loadTokenizer(tiktokenText(), { pattern: '\\p{L}+|\\P{L}' }),
    sentencepiece: loadTokenizer(sentencePieceModel()),
  }

  it.each(Object.keys(files) as (keyof typeof files)[])('%s loads as the file does', (name) => {
    const packed = loadPack(files[name])
    const random = randomSource(3)
    for (let i = 0; i < 300; i++) {
      const text = wellFormed(`hello ${fuzzText(random)}`)
      expect(packed.encode(text)).toEqual(originals[name].encode(text))
    }
    expect([...packed.specialTokens]).toEqual([...originals[name].specialTokens])
    expect(packed.vocabularySize).toBe(originals[name].vocabularySize)
  })

  it('are printable ASCII', () => {
    for (const packed of Object.values(files)) expect(packed).toMatch(/^[\n -~]*$/)
  })

  it('are refused when a character is changed', () => {
    const random = randomSource(4)
    const packed = files.sentencepiece
    for (let i = 0; i < 1000; i++) {
      const at = random(packed.length)
      const other = String.fromCharCode(32 + ((packed.charCodeAt(at) - 31 + random(90)) % 95))
      if (other === packed[at]) continue
      expect(() => loadPack(packed.slice(0, at) + other + packed.slice(at + 1))).toThrow(
        expect.objectContaining({ code: 'corrupt-vocabulary' }),
      )
    }
  })
})

describe('the optional peer', () => {
  const unigram = { model: { type: 'Unigram', vocab: [['a', -1]], unk_id: 0 }, added_tokens: [] }

  it('is named where it is missing', () => {
    expect(() => loadTokenizer(unigram)).toThrow(/@huggingface\/tokenizers/)
    expect(() => packTokenizer(unigram)).toThrow(expect.objectContaining({ code: 'unsupported-tokenizer' }))
  })

  it('reads a WordPiece model: the longest known beginning first, then what continues a word', () => {
    const words = ['[UNK]', '[CLS]', '[SEP]', 'un', '##aff', '##able', '##a', 'the', 'cat', '!']
    const wordPiece = {
      version: '1.0',
      added_tokens: [],
      normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: null,
      decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
      model: {
        type: 'WordPiece',
        unk_token: '[UNK]',
        continuing_subword_prefix: '##',
        max_input_chars_per_word: 100,
        vocab: Object.fromEntries(words.map((word, id) => [word, id])),
      },
    }
    const tokenizer = loadTokenizer(wordPiece, { peer })
    expect(tokenizer.encode('The unaffable cat!')).toEqual([7, 3, 4, 5, 8, 9])
    expect(tokenizer.count('The unaffable cat!')).toBe(6)
    expect(tokenizer.encode('the dog')).toEqual([7, 0])
    expect(tokenizer.isWithinLimit('The unaffable cat!', 5)).toBe(false)
    expect(tokenizer.truncate('the unaffable cat', 4)).toBe('the unaffable ')
    expect(tokenizer.split('the cat the cat the', 2).join('')).toBe('the cat the cat the')
    expect(tokenizer.vocabularySize).toBe(words.length)
  })

  it('reads a Unigram model: the likeliest way to cut', () => {
    const vocab: [string, number][] = [
      ['<unk>', 0],
      ['▁', -2],
      ['▁low', -3],
      ['er', -3.5],
      ['▁lower', -9],
      ['l', -5],
      ['o', -5],
      ['w', -5],
    ]
    const unigram = {
      version: '1.0',
      added_tokens: [{ id: 0, content: '<unk>', special: true }],
      normalizer: null,
      pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
      post_processor: null,
      decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
      model: { type: 'Unigram', unk_id: 0, vocab, byte_fallback: false },
    }
    const tokenizer = loadTokenizer(unigram, { peer })
    // -3 - 3.5 is likelier than -9.
    expect(tokenizer.encode('lower low')).toEqual([2, 3, 2])
    expect(tokenizer.decode(tokenizer.encode('lower low'))).toBe('lower low')
    expect(tokenizer.specialTokens.get('<unk>')).toBe(0)
  })

  it.each(['(a+)+$', '(?:a|aa)*b', '(?:\\w+\\s?){2,}', '(?=(a))\\1'])('is not handed the pattern %s', (Regex) => {
    const normalizer = { type: 'Replace', pattern: { Regex }, content: ' ' }
    expect(() => loadTokenizer({ ...unigram, normalizer }, { peer })).toThrow(
      expect.objectContaining({ code: 'unsupported-tokenizer' }),
    )
  })

  it('is handed patterns that repeat single characters', () => {
    const normalizer = { type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' }
    const pattern = { Regex: "\\p{L}+(?:'s)?|\\s+" }
    const pre_tokenizer = { type: 'Split', pattern, behavior: 'Isolated', invert: false }
    const model = {
      type: 'Unigram',
      unk_id: 0,
      vocab: Object.entries({ '?': 0, a: -1, ' ': -1 }),
      byte_fallback: false,
    }
    const file = {
      version: '1.0',
      added_tokens: [],
      normalizer,
      pre_tokenizer,
      post_processor: null,
      decoder: null,
      model,
    }
    expect(loadTokenizer(file, { peer }).encode('a   a')).toEqual([1, 2, 1])
  })

  it('says when the peer cannot read a file', () => {
    const broken = { model: { type: 'Unigram', vocab: 3 }, added_tokens: [] }
    expect(() => loadTokenizer(broken, { peer })).toThrow(expect.objectContaining({ code: 'unsupported-tokenizer' }))
  })
})
