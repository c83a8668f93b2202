import { byteAlphabet } from '../../src/tokenizer/files/byte-tokens.ts'

/** Small tokenizer files in every format, to be loaded, broken and mutated. */

export type Json = Record<string, unknown>

/** A byte-level `tokenizer.json` with a few merges; `changes` replace parts of the file, `model` parts of its model. */
export function byteLevelJson(changes: Json = {}, model: Json = {}): Json {
  const bytes = Object.fromEntries(byteAlphabet().map((character, byte) => [character, byte]))
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [
      {
        id: 300,
        content: '<|end|>',
        special: true,
        normalized: false,
        lstrip: false,
        rstrip: false,
        single_word: false,
      },
    ],
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel' },
    model: {
      type: 'BPE',
      vocab: { ...bytes, he: 256, ll: 257, hell: 258, hello: 259, Ġhello: 260 },
      merges: ['h e', 'l l', 'he ll', 'hell o', 'Ġ hello'],
      ...model,
    },
    ...changes,
  }
}

/** A `tokenizer.json` of a SentencePiece vocabulary. */
export function characterJson(changes: Json = {}, model: Json = {}): Json {
  const bytes = Object.fromEntries(
    Array.from({ length: 256 }, (_, byte) => [`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`, byte + 3]),
  )
  const characters = Object.fromEntries(['▁', 'h', 'e', 'l', 'o', 'é', '中'].map((text, i) => [text, 300 + i]))
  return byteLevelJson(
    {
      added_tokens: [],
      normalizer: { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
      pre_tokenizer: null,
      ...changes,
    },
    {
      byte_fallback: true,
      vocab: { ...bytes, ...characters, he: 400, ll: 401, hell: 402, hello: 403, '▁hello': 404, '▁▁': 405 },
      merges: [
        ['h', 'e'],
        ['l', 'l'],
        ['he', 'll'],
        ['hell', 'o'],
        ['▁', 'hello'],
        ['▁', '▁'],
      ],
      ...model,
    },
  )
}

/** A `.tiktoken` file of the bytes and a few tokens. */
export function tiktokenText(extra: readonly string[] = ['he', 'll', 'hell', 'hello']): string {
  const tokens = [...Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)), ...extra]
  return tokens.map((token, rank) => `${btoa(token)} ${rank}\n`).join('')
}

/** A `tekken.json` of the bytes and a few tokens. */
export function tekkenJson(changes: Json = {}): Json {
  const tokens = [...Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)), 'he', 'll', 'hell', 'unused']
  return {
    config: {
      pattern: '\\p{L}+|\\s+|[^\\s\\p{L}]+',
      default_vocab_size: 269,
      default_num_special_tokens: 10,
      version: 'v3',
    },
    vocab: tokens.map((token, rank) => ({ rank, token_bytes: btoa(token), token_str: null })),
    special_tokens: [{ rank: 0, token_str: '<unk>', is_control: true }],
    ...changes,
  }
}

export interface Piece {
  readonly text: string
  readonly score: number
  readonly type: number
}

/** Pieces of a small SentencePiece model; its runs of ▁ have one score. */
export const smallPieces: readonly Piece[] = [
  { text: '<unk>', score: 0, type: 2 },
  { text: '<s>', score: 0, type: 3 },
  ...Array.from({ length: 256 }, (_, byte) => ({
    text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
    score: 0,
    type: 6,
  })),
  ...['he', 'll', 'hell', 'hello', '▁hello'].map((text, i) => ({ text, score: -i, type: 1 })),
  ...['▁▁', '▁▁▁▁', '▁▁▁'].map((text) => ({ text, score: -1e9, type: 1 })),
  ...['▁', 'h', 'e', 'l', 'o', 'é'].map((text, i) => ({ text, score: -10 - i, type: 1 })),
  { text: '<user>', score: 0, type: 4 },
]

/** A SentencePiece `.model` (sentencepiece_model.proto) of byte-pair encoding; `extra` is put behind it. */
export function sentencePieceModel(
  pieces: readonly Piece[] = smallPieces,
  options: { modelType?: number; normalizer?: number[]; extra?: number[] } = {},
): Uint8Array {
  const parts = pieces.map(({ text, score, type }) => {
    const bytes = [...new TextEncoder().encode(text)]
    const float = [...new Uint8Array(new Float32Array([score]).buffer)]
    return message(1, [...message(1, bytes), 0x15, ...float, 0x18, type])
  })
  const trainer = message(2, [0x18, options.modelType ?? 2])
  // Without removing white space, which is field 4.
  const normalizer = message(3, options.normalizer ?? [0x20, 0])
  return Uint8Array.from([...parts.flat(), ...trainer, ...normalizer, ...(options.extra ?? [])])
}

/** A field of bytes: tag, length, content. */
export function message(field: number, content: readonly number[]): number[] {
  return [(field << 3) | 2, ...varint(content.length), ...content]
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]
}
