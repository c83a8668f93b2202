import packed from '../../vocab/claude_legacy.vocab.txt'
import { encodingFromDefinition } from '../tokenizer/pipeline/encoding.ts'
import { unpackDefinition } from '../tokenizer/pipeline/pack.ts'
import type { Encoding } from '../tokenizer/types.ts'

/** The vocabulary of Claude 1 and 2, which normalize text to NFKC. That of Claude 3 and later is not published; it is calibrated on this one. */
const encoding: Encoding = /* @__PURE__ */ encodingFromDefinition('claude_legacy', () => unpackDefinition(packed))

export default encoding
