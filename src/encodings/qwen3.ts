import packed from '../../vocab/qwen3.vocab.txt'
import { encodingFromDefinition } from '../tokenizer/pipeline/encoding.ts'
import { unpackDefinition } from '../tokenizer/pipeline/pack.ts'
import type { Encoding } from '../tokenizer/types.ts'

/**
 * The vocabulary of Qwen 2, 2.5 and 3, which normalize text to NFC. Tokens that the files mark as special are text unless allowed; those
 * they do not, such as `<tool_call>` and `<think>`, are one token wherever they stand.
 */
const encoding: Encoding = /* @__PURE__ */ encodingFromDefinition('qwen3', () => unpackDefinition(packed))

export default encoding
