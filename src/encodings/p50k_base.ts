import packed from '../../vocab/p50k_base.vocab.txt'
import { encodingFromPack } from '../tokenizer/byte-pair-encoding.ts'
import type { Encoding } from '../tokenizer/types.ts'

/** The vocabulary of Codex and the later GPT-3 models. */
const encoding: Encoding = /* @__PURE__ */ encodingFromPack('p50k_base', packed)

export default encoding
