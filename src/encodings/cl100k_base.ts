import packed from '../../vocab/cl100k_base.vocab.txt'
import { encodingFromPack } from '../tokenizer/byte-pair-encoding.ts'
import type { Encoding } from '../tokenizer/types.ts'

/** The vocabulary of GPT-4, GPT-3.5 and the third-generation embeddings. */
const encoding: Encoding = /* @__PURE__ */ encodingFromPack('cl100k_base', packed)

export default encoding
