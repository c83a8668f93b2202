import type { TokenizerOptions } from '../../src/tokenizer.ts'
import {
  byteLevelJson,
  characterJson,
  type Json,
  message,
  sentencePieceModel,
  smallPieces,
  tekkenJson,
  tiktokenText,
} from '../reference/small-tokenizers.ts'

/** A tokenizer file that has to be refused, with a part of the reason. */
export interface HostileFile {
  readonly name: string
  readonly reason: RegExp
  readonly source: () => string | Uint8Array | object
  readonly options?: TokenizerOptions
}

const { vocab } = byteLevelJson().model as { vocab: Record<string, number> }
const { vocab: characterVocab } = characterJson().model as { vocab: Record<string, number> }

function json(name: string, reason: RegExp, changes: () => Json, model: () => Json = () => ({})): HostileFile {
  return { name, reason, source: () => JSON.stringify(byteLevelJson(changes(), model())) }
}

function model(name: string, reason: RegExp, changes: () => Json): HostileFile {
  return json(name, reason, () => ({}), changes)
}

function regex(name: string, reason: RegExp, pattern: () => string): HostileFile {
  return json(name, reason, () => ({
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: pattern() }, behavior: 'Isolated', invert: false },
        { type: 'ByteLevel', use_regex: false, add_prefix_space: false },
      ],
    },
  }))
}

function added(name: string, reason: RegExp, tokens: () => object[]): HostileFile {
  return json(name, reason, () => ({ added_tokens: tokens() }))
}

function text(name: string, reason: RegExp, source: () => string, options?: TokenizerOptions): HostileFile {
  return { name, reason, source, ...(options && { options }) }
}

function pieces(name: string, reason: RegExp, source: () => Uint8Array): HostileFile {
  return { name, reason, source }
}

const raw = () => JSON.stringify(byteLevelJson())
const pattern = 'cl100k'

export const hostileFiles: readonly HostileFile[] = [
  // Ids
  model('a huge id', /whole number/, () => ({ vocab: { ...vocab, a: 1e15 } })),
  model('a negative id', /whole number/, () => ({ vocab: { ...vocab, a: -1 } })),
  model('a fractional id', /whole number/, () => ({ vocab: { ...vocab, a: 1.5 } })),
  model('an id that is a string', /whole number/, () => ({ vocab: { ...vocab, a: '97' } })),
  model('an id that is null', /whole number/, () => ({ vocab: { ...vocab, a: null } })),
  text('an infinite id', /whole number/, () => raw().replace('"hello":259', '"hello":1e999')),
  model('two tokens of one id', /same id/, () => ({ vocab: { ...vocab, x1: 97 } })),
  added('an added token with the id of another', /same id/, () => [{ id: 97, content: '<x>' }]),
  added('two added tokens of one id', /same id/, () => [
    { id: 500, content: '<x>' },
    { id: 500, content: '<y>' },
  ]),
  added('one added token twice', /twice/, () => [
    { id: 500, content: '<x>' },
    { id: 501, content: '<x>' },
  ]),
  added('a token with two ids', /two ids/, () => [{ id: 500, content: 'hello' }]),
  added('a huge id of an added token', /whole number/, () => [{ id: 2 ** 53, content: '<x>' }]),
  // Merges
  model('a merge of a token that is missing', /not in the vocabulary/, () => ({ merges: ['h e', 'he zz'] })),
  model('a merge that makes no token', /not in the vocabulary/, () => ({ merges: ['h e', 'o o'] })),
  model('a merge of a prototype name', /not in the vocabulary/, () => ({ merges: ['__proto__ constructor'] })),
  model('a merge of three tokens', /two tokens/, () => ({ merges: ['h e l'] })),
  model('a merge of one token', /two tokens/, () => ({ merges: ['he'] })),
  model('a merge of nothing', /two tokens/, () => ({ merges: [' '] })),
  model('a merge that is a number', /array/, () => ({ merges: [7] })),
  model('a merge with a number', /two tokens/, () => ({ merges: [['h', 7]] })),
  model('merges that are no list', /array/, () => ({ merges: { h: 'e' } })),
  model('a merge twice', /earlier/, () => ({ merges: ['h e', 'h e'] })),
  {
    ...model('a merge that makes a byte', /single symbol/, () => ({})),
    source: () => characterJson({}, { merges: [['<0x41', '>']], vocab: { ...characterVocab, '<0x41': 500, '>': 501 } }),
  },
  model('merges that are missing', /array/, () => ({ merges: undefined })),
  // Vocabularies
  model('a byte without a token', /byte .* has no token/, () => ({
    vocab: Object.fromEntries(Object.entries(vocab).filter(([, id]) => id !== 65)),
    merges: [],
  })),
  model('an empty token', /empty/, () => ({ vocab: { ...vocab, '': 900 } })),
  model('an empty vocabulary', /no token/, () => ({ vocab: {} })),
  model('a vocabulary that is a list', /object/, () => ({ vocab: [['a', 0]] })),
  model('a token of a million characters', /characters/, () => ({ vocab: { ...vocab, ['a'.repeat(1e6)]: 900 } })),
  text('a key twice', /key twice/, () => raw().replace('"hello":259', '"hello":259,"hello":261')),
  text('a prototype key twice', /key twice/, () =>
    raw().replace('"hello":259', '"hello":259,"__proto__":261,"__proto__":262'),
  ),
  text('a model in __proto__', /model should be an object/, () => raw().replace('"model":', '"__proto__":')),
  text('a prototype as the vocabulary', /vocab should be an object/, () => raw().replace('"vocab":', '"__proto__":')),
  // Written out, since an object of so many keys would need more memory than reading the file may.
  text('a million tokens', /members/, () => {
    const tokens = Array.from({ length: 1_000_000 }, (_, i) => `"t${i}":${1000 + i}`)
    return raw().replace('"hello":259', `"hello":259,${tokens.join()}`)
  }),
  {
    ...model('no byte tokens for characters', /has no token <0x/, () => ({})),
    source: () => characterJson({}, { vocab: { h: 0 }, merges: [] }),
  },
  {
    ...model('half a character', /half a character/, () => ({})),
    source: () => characterJson({}, { vocab: { ...characterVocab, '\ud800': 900 } }),
  },
  // Added tokens
  added('a million added tokens', /members/, () =>
    Array.from({ length: 1e6 }, (_, id) => ({ id: id + 500, content: `<${id}>` })),
  ),
  added('an empty added token', /1 to/, () => [{ id: 500, content: '' }]),
  added('a huge added token', /1 to/, () => [{ id: 500, content: 'x'.repeat(1e6) }]),
  added('an added token without a spelling', /string/, () => [{ id: 500 }]),
  added('an added token that is null', /object/, () => [null as never]),
  added('an added token for single words', /single words/, () => [{ id: 500, content: '<w>', single_word: true }]),
  // Structure
  text('no JSON', /not JSON/, () => '{"model": '),
  text('a cut file', /not JSON/, () => raw().slice(0, -200)),
  text('an open string', /not JSON/, () => raw().slice(0, raw().indexOf('hello') + 2)),
  text('a million open brackets', /nested/, () => `{"model":${'['.repeat(1e6)}`),
  text('ten million values', /values/, () => `{"model":[${'0,'.repeat(7e6)}0]}`),
  text('nothing', /format is not recognised/, () => ''),
  { name: 'no UTF-8', reason: /not UTF-8/, source: () => Uint8Array.of(0x7b, 0xff, 0xfe) },
  { name: 'an array', reason: /object/, source: () => [] },
  { name: 'an object without a model', reason: /model should be an object/, source: () => ({}) },
  {
    name: 'an object that contains itself',
    reason: /nested too deep/,
    source: () => {
      const cycle: Json = { type: 'Sequence' }
      cycle['normalizers'] = [cycle]
      return byteLevelJson({ normalizer: cycle })
    },
  },
  // Pipelines
  json('an unknown normalizer', /normalizer/, () => ({
    normalizer: { type: 'Precompiled', precompiled_charsmap: 'AA' },
  })),
  json('a normalizer with a pattern', /only a text/, () => ({
    normalizer: { type: 'Replace', pattern: { Regex: '(a+)+$' }, content: '' },
  })),
  json('a replacement that explodes', /replacement/, () => ({
    normalizer: { type: 'Replace', pattern: { String: 'a' }, content: 'a'.repeat(1e6) },
  })),
  json('a thousand normalizers', /normalizers/, () => ({
    normalizer: {
      type: 'Sequence',
      normalizers: Array.from({ length: 1000 }, () => ({ type: 'Replace', pattern: { String: 'a' }, content: 'aa' })),
    },
  })),
  json('replacements that multiply', /times as long/, () => ({
    normalizer: {
      type: 'Sequence',
      normalizers: Array.from({ length: 16 }, () => ({
        type: 'Replace',
        pattern: { String: 'a' },
        content: 'a'.repeat(16),
      })),
    },
  })),
  json('a book before each text', /times as long/, () => ({
    normalizer: { type: 'Prepend', prepend: 'a'.repeat(1e6) },
  })),
  json('half a million ids around a text', /1000 entries/, () => ({
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: 'x' } }],
      special_tokens: { x: { ids: Array.from({ length: 500_000 }, (_, i) => i % 100) } },
    },
  })),
  json('half a million post-processors', /1000 entries/, () => ({
    post_processor: { type: 'Sequence', processors: Array.from({ length: 500_000 }, () => ({ type: 'ByteLevel' })) },
  })),
  json('an unknown pre-tokenizer', /pre-tokenizer/, () => ({ pre_tokenizer: { type: 'BertPreTokenizer' } })),
  json('no bytes', /text could be lost/, () => ({ pre_tokenizer: null })),
  json('an unknown behaviour', /behavior/, () => ({
    pre_tokenizer: { type: 'Split', pattern: { String: 'a' }, behavior: 'Explode' },
  })),
  json('an unknown post-processor', /post-processor/, () => ({ post_processor: { type: 'BertProcessing' } })),
  json('a thousand splits', /splits/, () => ({
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        ...Array.from({ length: 1000 }, () => ({ type: 'Digits', individual_digits: true })),
        { type: 'ByteLevel', add_prefix_space: false },
      ],
    },
  })),
  model('dropout', /random/, () => ({ dropout: 0.1 })),
  model('a suffix for words', /suffix/, () => ({ end_of_word_suffix: '</w>' })),
  model('a model that is none', /only BPE/, () => ({ type: 'constructor' })),
  // Patterns
  regex('a pattern that looks far ahead', /more than one character/, () => '(?=(a+)+b)a'),
  regex('a pattern with a backreference', /escape/, () => '(a+)\\1+$'),
  regex('a pattern whose automaton explodes', /too large/, () => '(a|b)*a(a|b){30}'),
  regex('a pattern whose repeats multiply', /too long/, () => '(((a{1,99}){1,99}){1,99}){1,99}'),
  regex('a pattern of a million groups', /more than/, () => '('.repeat(1e6)),
  regex('a pattern nested deep', /nested/, () => '('.repeat(9000)),
  regex('a pattern of many classes', /cannot be used/, () =>
    Array.from(
      { length: 400 },
      (_, i) => `[\\x{${(i * 7 + 33).toString(16)}}-\\x{${(i * 11 + 5000).toString(16)}}]`,
    ).join('|'),
  ),
  // .tiktoken
  text('a .tiktoken file without a pattern', /pattern/, () => tiktokenText()),
  text('a rank that is none', /line 2/, () => 'AA== 0\nAQ== x\n', { pattern, format: 'tiktoken' }),
  text('a token that is no base64', /base64/, () => `${tiktokenText()}!!!! 999\n`, { pattern, format: 'tiktoken' }),
  text('two tokens of one rank', /two tokens have the rank/, () => `${tiktokenText()}${btoa('zz')} 5\n`, {
    pattern,
    format: 'tiktoken',
  }),
  text('a token of two ranks', /are the same/, () => `${tiktokenText()}${btoa('he')} 999\n`, {
    pattern,
    format: 'tiktoken',
  }),
  text('a huge rank', /line/, () => `${tiktokenText()}${btoa('zz')} 99999999999\n`, { pattern, format: 'tiktoken' }),
  text('a special token with a taken id', /two tokens have the id/, () => tiktokenText(), {
    pattern,
    specialTokens: { '<x>': 5 },
  }),
  text('a missing byte', /byte .* has no token/, () => tiktokenText().split('\n').slice(1).join('\n'), {
    pattern,
    format: 'tiktoken',
  }),
  // tekken.json
  text('a tekken.json with a hole', /rank/, () =>
    JSON.stringify(tekkenJson({ vocab: [{ rank: 1, token_bytes: 'AA==' }] })),
  ),
  text('a tekken.json with a huge vocabulary', /vocab_size/, () =>
    JSON.stringify(tekkenJson({ config: { pattern: 'a', default_vocab_size: 1e7, default_num_special_tokens: 0 } })),
  ),
  text('a tekken.json with an id among the others', /not below/, () =>
    JSON.stringify(tekkenJson({ special_tokens: [{ rank: 50, token_str: '<x>' }] })),
  ),
  // SentencePiece
  pieces('a cut model', /cut short/, () => sentencePieceModel().slice(0, 500)),
  pieces('a length beyond the end', /cut short/, () => Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f)),
  pieces('an endless number', /ten bytes|cut short/, () => Uint8Array.of(0x0a, ...new Array<number>(20).fill(0xff))),
  pieces('a group', /wire type/, () => sentencePieceModel(smallPieces, { extra: [0x0b] })),
  pieces('field number 0', /number 0/, () => sentencePieceModel(smallPieces, { extra: [0x02, 0] })),
  pieces('a Unigram model', /byte-pair/, () => sentencePieceModel(smallPieces, { modelType: 1 })),
  pieces('a compiled normalizer', /compiled table/, () =>
    sentencePieceModel(smallPieces, { normalizer: message(2, [1, 2, 3]) }),
  ),
  pieces('a piece twice', /are both/, () => sentencePieceModel([...smallPieces, { text: 'he', score: -9, type: 1 }])),
  pieces('a piece that is empty', /empty/, () =>
    sentencePieceModel([...smallPieces, { text: '', score: -9, type: 1 }]),
  ),
  pieces('a score that is no number', /score/, () =>
    sentencePieceModel([...smallPieces, { text: 'zz', score: Number.NaN, type: 1 }]),
  ),
  pieces('two scores that are equal', /same score/, () =>
    sentencePieceModel([...smallPieces, { text: 'eh', score: -1, type: 1 }]),
  ),
  pieces('a piece of an unknown type', /type/, () =>
    sentencePieceModel([...smallPieces, { text: 'eh', score: -9, type: 77 }]),
  ),
  pieces('no bytes for the rest', /has no token/, () =>
    sentencePieceModel(smallPieces.filter(({ text }) => text !== '<0xC3>')),
  ),
  pieces('random bytes', /cut short|wire type|number|no pieces|UTF-8/, () =>
    Uint8Array.from({ length: 4096 }, (_, i) => (i * 167 + (i >> 3) * 41) & 0xff),
  ),
  { name: 'two hundred megabytes', reason: /bytes/, source: () => new Uint8Array(100_000_001) },
]
