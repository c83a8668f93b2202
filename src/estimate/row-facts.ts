/** What an id tells about a row of the price table, read once per row. Rows outlive calls; the map does not keep them alive. */
import { type CountKeys, countKeysOf } from '../counting/index.ts'
import type { ModelPrices } from '../pricing/table.ts'

export interface RowFacts {
  readonly countKeys: CountKeys
  /** The model can reason: the table says so, or its name is of a line that always does. */
  readonly reasons: boolean
  /** The model reasons only when a request asks for it. */
  readonly thinksWhenAsked: boolean
}

/** Claude thinks only when asked to; so do Gemini 2.5 Flash-Lite and OpenAI's models from GPT-5.1 on. */
const thinksOnlyWhenAsked = /(?:^|[/.])(?:claude|gemini-2\.5-flash-lite|gpt-5\.[1-9])/

/** Catalogues of hosts often leave the flag out. */
const alwaysReasons = /(?:^|[/.])(?:gpt-oss|o[134](?:-|$)|gpt-5(?:-(?:mini|nano|pro))?(?:-20|$)|deepseek-r)/

const facts = new WeakMap<ModelPrices, RowFacts>()

export function rowFacts(row: ModelPrices): RowFacts {
  let known = facts.get(row)
  if (known === undefined) {
    const id = row.id.toLowerCase()
    known = {
      reasons: row.reasoning || alwaysReasons.test(id),
      countKeys: countKeysOf(row.id, row.seller),
      thinksWhenAsked: thinksOnlyWhenAsked.test(id),
    }
    facts.set(row, known)
  }
  return known
}
