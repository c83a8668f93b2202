/** The implementations that are measured, each made ready to count and encode in one encoding. */

export interface Counter {
  count(text: string): number
  encode(text: string): ArrayLike<number>
}

export type BenchEncoding = 'o200k_base' | 'cl100k_base'

type Maker = (encoding: BenchEncoding) => Promise<Counter>

/** A counter that can only encode counts by encoding, as its users would. */
function byEncoding(encode: (text: string) => ArrayLike<number>): Counter {
  return { encode, count: (text) => encode(text).length }
}

/** The vocabulary as the published `.tiktoken` text, which peers without a vocabulary of their own are given. */
async function tiktokenFile(encoding: BenchEncoding): Promise<{ text: string; pattern: string }> {
  const ranks = await peer<{ default: { bpe_ranks: string; pat_str: string } }>(`js-tiktoken/ranks/${encoding}`)
  const lines = ranks.default.bpe_ranks.split('\n').flatMap((line) => {
    const [, first, ...tokens] = line.split(' ')
    return tokens.map((token, i) => `${token} ${Number(first) + i}`)
  })
  return { text: lines.join('\n'), pattern: ranks.default.pat_str }
}

/** A `tokenizer.json` of byte-level BPE from a `.tiktoken` text. Its merges are all splits of a token into two tokens. */
function tokenizerJson({ text, pattern }: { text: string; pattern: string }): object {
  const visible = visibleBytes()
  const vocab: Record<string, number> = {}
  for (const line of text.split('\n')) {
    const [token, rank] = line.split(' ') as [string, string]
    vocab[Array.from(Buffer.from(token, 'base64'), (byte) => visible[byte]).join('')] = Number(rank)
  }
  const merges = Object.keys(vocab).flatMap((token) =>
    Array.from(
      { length: token.length - 1 },
      (_, i) => [token.slice(0, i + 1), token.slice(i + 1)] as [string, string],
    ).filter(([left, right]) => vocab[left] !== undefined && vocab[right] !== undefined),
  )
  return {
    version: '1.0',
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: 'ByteLevel' },
    model: { type: 'BPE', vocab, merges, ignore_merges: true, byte_fallback: false },
  }
}

/** GPT-2's printable stand-ins for bytes, which byte-level `tokenizer.json` files spell tokens with. */
function visibleBytes(): string[] {
  const isVisible = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174
  let next = 256
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isVisible(byte) ? byte : next++))
}

/** A peer's module. The peers are installed for benchmarks only, so their types cannot be relied on. */
function peer<Module>(specifier: string): Promise<Module> {
  return import(specifier) as Promise<Module>
}

interface TiktokenLike {
  encode(text: string, allowed: string[], disallowed: string[]): ArrayLike<number>
}

export const counters: Readonly<Record<string, Maker>> = {
  async tokenfare(encoding) {
    const module = await peer<{ default: Counter }>(`../dist/encodings/${encoding}.js`)
    return { count: (text) => module.default.count(text), encode: (text) => module.default.encode(text) }
  },
  async 'tiktoken-wasm'(encoding) {
    const { get_encoding } = await peer<{ get_encoding(name: string): TiktokenLike }>('tiktoken')
    const tiktoken = get_encoding(encoding)
    return byEncoding((text) => tiktoken.encode(text, [], []))
  },
  async 'gpt-tokenizer'(encoding) {
    const module = await peer<{
      countTokens(text: string, options: object): number
      encode(text: string, options: object): number[]
    }>(`gpt-tokenizer/encoding/${encoding}`)
    const asText = { disallowedSpecial: new Set() }
    return { count: (text) => module.countTokens(text, asText), encode: (text) => module.encode(text, asText) }
  },
  async 'ai-tokenizer'(encoding) {
    const { Tokenizer } = await peer<{ Tokenizer: new (data: object) => TiktokenLike }>('ai-tokenizer')
    const tokenizer = new Tokenizer(await peer<object>(`ai-tokenizer/encoding/${encoding}`))
    return byEncoding((text) => tokenizer.encode(text, [], []))
  },
  async 'js-tiktoken'(encoding) {
    const { Tiktoken } = await peer<{ Tiktoken: new (ranks: object) => TiktokenLike }>('js-tiktoken/lite')
    const tokenizer = new Tiktoken((await peer<{ default: object }>(`js-tiktoken/ranks/${encoding}`)).default)
    return byEncoding((text) => tokenizer.encode(text, [], []))
  },
  async 'kitoken-wasm'(encoding) {
    const { Kitoken } = await peer<{
      Kitoken: { from_tiktoken(data: Uint8Array): { encode(text: string, specials: boolean): Uint32Array } }
    }>('kitoken/node')
    const kitoken = Kitoken.from_tiktoken(Buffer.from((await tiktokenFile(encoding)).text))
    return byEncoding((text) => kitoken.encode(text, false))
  },
  async 'hf-tokenizers'(encoding) {
    const { Tokenizer } = await peer<{
      Tokenizer: new (json: object, config: object) => { encode(text: string, options: object): { ids: number[] } }
    }>('@huggingface/tokenizers')
    const tokenizer = new Tokenizer(tokenizerJson(await tiktokenFile(encoding)), {})
    return byEncoding((text) => tokenizer.encode(text, { add_special_tokens: false }).ids)
  },
}
