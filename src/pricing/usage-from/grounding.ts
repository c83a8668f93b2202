/**
 * Searches that Google bills for a grounded Gemini call. Gemini 3 and later bill each search query, empty and repeated ones aside; earlier
 * models bill the prompt once, whatever it searched (ai.google.dev/gemini-api/docs/google-search, "Pricing"). Google Maps is
 * billed by the prompt that came back with a place (docs/maps-grounding).
 */
import { count, type Fields, inner, innerList, textField } from './fields.ts'

export interface GroundedSearches {
  readonly webSearches: number | undefined
  readonly mapsQueries: number | undefined
}

/**
 * @param model - the model that answered; `undefined` counts queries, as current models bill.
 * @param usage - the usage object; some responses report in it what was billed.
 */
export function groundedSearches(
  usage: Fields,
  groundings: readonly Fields[],
  model: string | undefined,
): GroundedSearches {
  const billed = innerList(usage, 'billedToolCalls')
  const reported = (tool: RegExp): number =>
    billed.reduce(
      (sum, entry) =>
        tool.test(textField(entry, 'tool') ?? '') ? sum + (count(entry, 'successfulToolCallCount') ?? 0) : sum,
      0,
    )
  const chunks = groundings.flatMap((grounding) => innerList(grounding, 'groundingChunks'))
  const cites = (kind: string): boolean => chunks.some((chunk) => inner(chunk, kind) !== undefined)
  const searches = reported(/google_?search/i) || Math.max(queriesOf(groundings).size, cites('web') ? 1 : 0)
  const maps = reported(/maps/i) || (cites('maps') ? 1 : 0)
  return {
    webSearches: (billsPrompts(model) ? Math.min(searches, 1) : searches) || undefined,
    mapsQueries: Math.min(maps, 1) || undefined,
  }
}

/** Gemini 1 and 2, in any spelling of the id. */
function billsPrompts(model: string | undefined): boolean {
  return model !== undefined && /(?:^|[/.])gemini-[12](?![0-9])/i.test(model)
}

function queriesOf(groundings: readonly Fields[]): ReadonlySet<string> {
  const queries = groundings.flatMap((grounding) =>
    [grounding.webSearchQueries, grounding.imageSearchQueries].flatMap((list) => (Array.isArray(list) ? list : [])),
  )
  return new Set(queries.filter((query) => typeof query === 'string' && query.trim() !== ''))
}

/** What the answers of a Gemini response, or the messages of a live session, were grounded on. */
export function geminiGroundings(response: Fields): readonly Fields[] {
  return [...innerList(response, 'candidates'), inner(response, 'serverContent')]
    .map((answer) => inner(answer, 'groundingMetadata'))
    .filter((grounding) => grounding !== undefined)
}
