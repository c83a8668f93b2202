import packed from '../../vocab/o200k_base.vocab.txt'
import { encodingFromPack } from '../tokenizer/byte-pair-encoding.ts'
import type { Encoding } from '../tokenizer/types.ts'

/** The vocabulary of GPT-4o, GPT-4.1, GPT-5, o1, o3 and o4. */
const encoding: Encoding = /* @__PURE__ */ encodingFromPack('o200k_base', packed)

export default encoding
