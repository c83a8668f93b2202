import packed from '../../vocab/p50k_base.vocab.txt'
import { encodingFromPack } from '../tokenizer/byte-pair-encoding.ts'
import type { Encoding } from '../tokenizer/types.ts'

/** The vocabulary of GPT-2, the same as r50k_base. */
const encoding: Encoding = /* @__PURE__ */ encodingFromPack('gpt2', packed, { merges: 50_000 })

export default encoding
