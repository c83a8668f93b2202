import packed from '../../vocab/tekken.vocab.txt'
import { encodingFromPack } from '../tokenizer/byte-pair-encoding.ts'
import type { Encoding } from '../tokenizer/types.ts'

/** The vocabulary of Mistral Nemo, Ministral, Pixtral, Small 3 and later. */
const encoding: Encoding = /* @__PURE__ */ encodingFromPack('tekken', packed)

export default encoding
