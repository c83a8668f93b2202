/** The model's own name inside the ids that sellers and gateways write, and tables by the beginnings of such names. */

/** Longest model id that is looked at; ids are hostile input. */
const maxIdChars = 256

/** What stands in front of an id: sellers, as gateways write them with a dash, and OpenAI's mark of a fine-tuned model. */
const prefixes = ['openai-', 'zai-', 'databricks-', 'meta-', 'hf-', 'ft:']

/**
 * A model id without seller and region, lower-case, versions with dashes: `us.anthropic.claude-sonnet-4.5-v1:0` and
 * `anthropic/claude-sonnet-4-5-v1:0` give `claude-sonnet-4-5-v1:0`.
 */
export function bareModelId(model: string): string {
  const escaped = model.slice(-maxIdChars).toLowerCase().replaceAll('%3a', ':').replaceAll('%2f', '/')
  const id = dashed(escaped.slice(escaped.lastIndexOf('/') + 1))
  const bare = id.slice(id.lastIndexOf('.') + 1)
  const prefix = prefixes.find((start) => bare.startsWith(start))
  return bare.slice(prefix?.length ?? 0)
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

/** Versions are written as `4.5`, `4-5` or `4p5` (Fireworks); all read as dashes. Other dots part region and seller. */
export function dashed(id: string): string {
  return id.replace(/(\d)[.p](?=\d)/g, '$1-')
}

function kind(code: number): 'digit' | 'letter' | 'other' {
  if (code >= 48 && code <= 57) return 'digit'
  return code >= 97 && code <= 122 ? 'letter' : 'other'
}
