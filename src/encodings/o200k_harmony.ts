import packed from '../../vocab/o200k_base.vocab.txt'
import { encodingFromPack } from '../tokenizer/byte-pair-encoding.ts'
import type { Encoding } from '../tokenizer/types.ts'

/** The vocabulary of gpt-oss: o200k_base with the special tokens of the harmony format. */
const encoding: Encoding = /* @__PURE__ */ encodingFromPack('o200k_harmony', packed, {
  specialTokens: harmonySpecialTokens,
})

export default encoding

/**
 * The 21 tokens after the ranks, 199998 to 200018; those without a name are reserved and spelled by their id.
 * Source: OpenAI harmony response format, special tokens.
 */
function harmonySpecialTokens(): Record<string, number> {
  const spelling = new Map([
    [199998, 'startoftext'],
    [199999, 'endoftext'],
    [200002, 'return'],
    [200003, 'constrain'],
    [200005, 'channel'],
    [200006, 'start'],
    [200007, 'end'],
    [200008, 'message'],
    [200012, 'call'],
    [200018, 'endofprompt'],
  ])
  const tokens: Record<string, number> = {}
  for (let id = 199998; id <= 200018; id++) tokens[`<|${spelling.get(id) ?? `reserved_${id}`}|>`] = id
  return tokens
}
