/** Bodies of models that read bare text, without the frame of a chat: completions and embeddings. */
import type { Family } from '../../models/families.ts'
import { Budget } from '../budget.ts'
import { field, isFields } from '../read.ts'

/** What such a body holds: texts, and tokens that it gives as their ids. */
export interface BareInput {
  readonly texts: readonly string[]
  readonly tokens: number
}

/** Names of embedding models in the ids of all makers. */
const embeds = /embed|(?:^|[/.])voyage-/i

/** Where their APIs have it: completions; embeddings of OpenAI, Mistral, Voyage and others; of Cohere. */
const inputFields = ['prompt', 'input', 'texts'] as const

/** @throws InvalidRequestError when there is more than a request may hold. */
export function bareInput(request: unknown, model: string, family: Family): BareInput | undefined {
  if (!isFields(request) || !(family.name === 'openai-text' || embeds.test(model))) return undefined
  const given = inputFields.map((name) => field(request, name)).find((value) => value !== undefined)
  if (typeof given === 'string') return { texts: [given], tokens: 0 }
  if (!Array.isArray(given)) return undefined
  const list: readonly unknown[] = given
  new Budget().spend(list.length, 'input')
  if (list.every(Number.isInteger)) return { texts: [], tokens: list.length }
  const texts = list.filter((item) => typeof item === 'string')
  const idLists = list.filter((item): item is unknown[] => Array.isArray(item) && item.every(Number.isInteger))
  if (texts.length + idLists.length < list.length) return undefined
  return { texts, tokens: idLists.reduce((sum, ids) => sum + ids.length, 0) }
}
