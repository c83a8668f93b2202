import packed from '../../vocab/deepseek_v3.vocab.txt'
import { encodingFromDefinition } from '../tokenizer/pipeline/encoding.ts'
import { unpackDefinition } from '../tokenizer/pipeline/pack.ts'
import type { Encoding } from '../tokenizer/types.ts'

/**
 * The vocabulary of DeepSeek V3, R1 and V4. V4 has more added tokens than V3, whose are
 * here; text without their spellings is counted the same in all.
 * Tokens that the file does not mark as special, such as `<think>`, are one token wherever they stand.
 */
const encoding: Encoding = /* @__PURE__ */ encodingFromDefinition('deepseek_v3', () => unpackDefinition(packed))

export default encoding
