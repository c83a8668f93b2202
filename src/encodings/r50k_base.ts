import packed from '../../vocab/p50k_base.vocab.txt'
import { encodingFromPack } from '../tokenizer/byte-pair-encoding.ts'
import type { Encoding } from '../tokenizer/types.ts'

/** The vocabulary of GPT-3: p50k_base without its last tokens, the runs of spaces. */
const encoding: Encoding = /* @__PURE__ */ encodingFromPack('r50k_base', packed, { merges: 50_000 })

export default encoding
