import packed from '../../vocab/cl100k_base.vocab.txt'
import { encodingFromPack } from '../tokenizer/byte-pair-encoding.ts'
import type { Encoding } from '../tokenizer/types.ts'

/** The vocabulary of Phi-4: cl100k_base with the special tokens of its chat format. */
const encoding: Encoding = /* @__PURE__ */ encodingFromPack('phi4', packed, { specialTokens: phi4Tokens })

export default encoding

/** Those with a meaning; the file fills the other ids up to 100351 with dummies. Source: dotnet/machinelearning#7396. */
function phi4Tokens(): Record<string, number> {
  return {
    '<|endoftext|>': 100257,
    '<|fim_prefix|>': 100258,
    '<|fim_middle|>': 100259,
    '<|fim_suffix|>': 100260,
    '<|im_start|>': 100264,
    '<|im_end|>': 100265,
    '<|im_sep|>': 100266,
    '<|endofprompt|>': 100276,
  }
}
