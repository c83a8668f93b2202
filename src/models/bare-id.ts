/** The model's own name inside the ids that sellers and gateways write, and tables by the beginnings of such names. */

/** Longest model id that is looked at; ids are hostile input. */
const maxIdChars = 256

/** Sellers that gateways write in front of an id with a dash. */
const dashedSellers = ['openai-', 'zai-', 'databricks-', 'meta-', 'hf-']

/**
 * A model id without seller and region, lower-case, versions with dashes: `us.anthropic.claude-sonnet-4.5-v1:0` and
 * `anthropic/claude-sonnet-4-5-v1:0` give `claude-sonnet-4-5-v1:0`.
 */
export function bareModelId(model: string): string {
  const escaped = model.slice(-maxIdChars).toLowerCase().replaceAll('%3a', ':').replaceAll('%2f', '/')
  const id = dashed(escaped.slice(escaped.lastIndexOf('/') + 1))
  const bare = id.slice(id.lastIndexOf('.') + 1)
  const seller = dashedSellers.find((prefix) => bare.startsWith(prefix))
  return bare.slice(seller?.length ?? 0)
}

/** What stands in a table for the longest beginning of a bare id; the keys of the table are written with `dashed`. */
export function longestBeginning<T>(id: string, table: ReadonlyMap<string, T>): T | undefined {
  for (let end = id.length; end > 0; end -= 1) {
    const found = isWordEnd(id, end) ? table.get(id.slice(0, end)) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether an id may go on here with other words: `gpt-4` begins `gpt-4-turbo`, not `gpt-4o`; `qwen` begins `qwen3`. */
function isWordEnd(id: string, end: number): boolean {
  const after = end === id.length ? 'other' : kind(id.charCodeAt(end))
  return after === 'other' || (after === 'digit' && kind(id.charCodeAt(end - 1)) === 'letter')
}

/** Versions are written with dots or with dashes (`4.5`, `4-5`); both read as dashes. Other dots part region and seller. */
export function dashed(id: string): string {
  return id.replace(/(\d)\.(?=\d)/g, '$1-')
}

function kind(code: number): 'digit' | 'letter' | 'other' {
  if (code >= 48 && code <= 57) return 'digit'
  return code >= 97 && code <= 122 ? 'letter' : 'other'
}
