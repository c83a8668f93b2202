import claude_legacy from '../../src/encodings/claude_legacy.ts'
import deepseek_v3 from '../../src/encodings/deepseek_v3.ts'
import mistral_v3 from '../../src/encodings/mistral_v3.ts'
import qwen3 from '../../src/encodings/qwen3.ts'
import tekken from '../../src/encodings/tekken.ts'

/** The open vocabularies that ship, by the name of their vectors. */
export const openEncodings = [qwen3, deepseek_v3, tekken, mistral_v3, claude_legacy].map((encoding) => ({
  name: encoding.name,
  encoding,
}))
