import packed from '../../vocab/p50k_base.vocab.txt'
import { encodingFromPack } from '../tokenizer/byte-pair-encoding.ts'
import type { Encoding } from '../tokenizer/types.ts'

/** The vocabulary of the GPT-3 edit models: p50k_base with fill-in-the-middle tokens. */
const encoding: Encoding = /* @__PURE__ */ encodingFromPack('p50k_edit', packed, { specialTokens: editTokens })

export default encoding

/** Source: openai/tiktoken, `openai_public.py`. */
function editTokens(): Record<string, number> {
  return { '<|endoftext|>': 50256, '<|fim_prefix|>': 50281, '<|fim_middle|>': 50282, '<|fim_suffix|>': 50283 }
}
