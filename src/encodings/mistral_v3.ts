import packed from '../../vocab/mistral_v3.vocab.txt'
import { encodingFromDefinition } from '../tokenizer/pipeline/encoding.ts'
import { unpackDefinition } from '../tokenizer/pipeline/pack.ts'
import type { Encoding } from '../tokenizer/types.ts'

/**
 * The SentencePiece vocabulary of Mistral's models up to Large 2411 and of Mixtral: those of v1, v2 and v7 differ in control tokens and
 * ids, not in counts. A space is put before the text, as SentencePiece does.
 */
const encoding: Encoding = /* @__PURE__ */ encodingFromDefinition('mistral_v3', () => unpackDefinition(packed))

export default encoding
