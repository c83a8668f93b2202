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

export const counters: Readonly<Record<string, Maker>> = {
  async tokenfare(encoding) {
    const module = (await import(`../dist/encodings/${encoding}.js`)) as { default: Counter }
    return { count: (text) => module.default.count(text), encode: (text) => module.default.encode(text) }
  },
  async 'tiktoken-wasm'(encoding) {
    const { get_encoding } = await import('tiktoken')
    const tiktoken = get_encoding(encoding)
    return byEncoding((text) => tiktoken.encode(text, [], []))
  },
  async 'gpt-tokenizer'(encoding) {
    const module = (await import(`gpt-tokenizer/encoding/${encoding}`)) as {
      countTokens(text: string, options: object): number
      encode(text: string, options: object): number[]
    }
    const asText = { disallowedSpecial: new Set() }
    return { count: (text) => module.countTokens(text, asText), encode: (text) => module.encode(text, asText) }
  },
  async 'ai-tokenizer'(encoding) {
    // Peers are installed in bench/ alone; types of those that the root does not have are written here.
    const { Tokenizer } = (await import(`${'ai-tokenizer'}`)) as {
      Tokenizer: new (data: unknown) => { encode(text: string, allowed: string[], disallowed: string[]): number[] }
    }
    const data: unknown = await import(`ai-tokenizer/encoding/${encoding}`)
    const tokenizer = new Tokenizer(data)
    return byEncoding((text) => tokenizer.encode(text, [], []))
  },
  async 'js-tiktoken'(encoding) {
    const { Tiktoken } = await import('js-tiktoken/lite')
    const ranks = (await import(`js-tiktoken/ranks/${encoding}`)) as {
      default: ConstructorParameters<typeof Tiktoken>[0]
    }
    const tokenizer = new Tiktoken(ranks.default)
    return byEncoding((text) => tokenizer.encode(text, [], []))
  },
}
