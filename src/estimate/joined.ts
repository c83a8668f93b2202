/** Lists of remarks, put together. */

const nothing: readonly never[] = /* @__PURE__ */ Object.freeze([])

/**
 * One frozen list of several, whose items are frozen. Most are empty, and then the other one is enough. The lists are walked by
 * index, since iterating over frozen lists takes ten times as long.
 */
export function joined<Item extends object>(...lists: readonly (readonly Item[])[]): readonly Item[] {
  let length = 0
  let longest: readonly Item[] = nothing
  for (const list of lists) {
    length += list.length
    if (list.length > longest.length) longest = list
  }
  if (length === 0) return nothing
  if (longest.length === length) return Object.freeze(longest)
  const all = new Array<Item>(length)
  let at = 0
  for (const list of lists) for (let i = 0; i < list.length; i++) all[at++] = list[i]!
  return Object.freeze(all)
}
