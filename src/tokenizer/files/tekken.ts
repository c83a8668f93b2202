import { quote } from '../../errors.ts'
import type { TokenizerDefinition } from '../pipeline/definition.ts'
import { arrayAt, idAt, member, objectAt, stringAt } from './json.ts'
import { LIMITS, refuse } from './refuse.ts'
import { decodeBase64, rankedDefinition } from './tiktoken.ts'

/** Reads a `tekken.json` of mistral-common: ranked tokens whose ids follow those of the special tokens. */
export function readTekken(value: unknown): TokenizerDefinition {
  const file = objectAt(value, 'the file')
  const config = objectAt(member(file, 'config'), 'config')
  const specialCount = idAt(member(config, 'default_num_special_tokens'), 'config.default_num_special_tokens')
  const size = idAt(member(config, 'default_vocab_size'), 'config.default_vocab_size')
  const pattern = stringAt(member(config, 'pattern'), 'config.pattern')
  if (size < specialCount || size > LIMITS.tokens) refuse(`config.default_vocab_size is ${size}`)

  // The file lists more tokens than are used: the first ones fill the vocabulary.
  const used = size - specialCount
  const tokens: [number, string][] = []
  for (const [i, entry] of arrayAt(member(file, 'vocab'), 'vocab').entries()) {
    if (i >= used) break
    const token = objectAt(entry, `vocab[${i}]`)
    const rank = idAt(member(token, 'rank'), `vocab[${i}].rank`)
    if (rank !== i) refuse(`vocab[${i}].rank is ${rank}`)
    tokens.push([
      rank + specialCount,
      decodeBase64(stringAt(member(token, 'token_bytes'), `vocab[${i}].token_bytes`), `vocab[${i}]`),
    ])
  }
  return rankedDefinition(tokens, pattern, readSpecial(member(file, 'special_tokens'), specialCount))
}

function readSpecial(value: unknown, count: number): { content: string; id: number }[] {
  const list = arrayAt(value ?? [], 'special_tokens').map((entry, i) => {
    const token = objectAt(entry, `special_tokens[${i}]`)
    const id = idAt(member(token, 'rank'), `special_tokens[${i}].rank`)
    if (id >= count)
      refuse(
        `the special token ${quote(String(member(token, 'token_str')))} has the id ${id}, which is not below ${count}`,
      )
    return { content: stringAt(member(token, 'token_str'), `special_tokens[${i}].token_str`), id }
  })
  if (list.length > LIMITS.addedTokens) refuse('it has too many special tokens')
  return list
}
