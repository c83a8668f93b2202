/**
 * What models take besides text and pictures, which is all that catalogues list: where a rate for sound or film is quoted, and what the makers
 * document for their lines of models: "Models" of the Gemini API (text, images, sound, film and PDF for Gemini 1.5 and later, in and out of
 * Vertex), "PDF support" of Anthropic (every model that is served), "File inputs" of OpenAI (every model that sees). The lines were entered
 * from general knowledge of these pages in 2026-11; the pages were not re-read.
 */
import type { FileModel, FileRates } from '../../src/pricing/file.ts'
import { packedModalities } from '../../src/pricing/packed.ts'
import type { Modality } from '../../src/pricing/types.ts'

type Models = ReadonlyMap<string, ReadonlyMap<string, FileModel>>

interface Line {
  readonly sellers: readonly string[]
  readonly models: RegExp
  readonly takes: readonly Modality[]
}

const lines: readonly Line[] = [
  {
    sellers: ['google', 'google-vertex'],
    models:
      /^gemini-(?:(?:1\.5|2\.0|2\.5|[3-9](?:\.\d)?)-(?:pro|flash|flash-lite|flash-8b)|(?:pro|flash|flash-lite)-latest)(?:-|@|$)/,
    takes: ['image', 'audio', 'video', 'pdf'],
  },
  {
    sellers: ['anthropic', 'google-vertex'],
    models: /^claude-(?:3-[57]-(?!haiku)|(?:opus|sonnet|haiku|fable|mythos)-)/,
    takes: ['image', 'pdf'],
  },
]

/** Lines of OpenAI's that take files where they see pictures at all. */
const openaiFiles = /^(?:gpt-4o|gpt-4\.1|gpt-[5-9]|o1|o3|o4)(?:-|\.|$)/

const mediaRates: readonly (readonly [rate: keyof FileRates, modality: Modality])[] = [
  ['inputAudio', 'audio'],
  ['inputImage', 'image'],
  ['inputVideo', 'video'],
]

/** Variants of a line that do something else: speak, draw, or listen to a live session. */
const others = /tts|image|live|audio|computer-use|embedding|search|realtime|transcribe/

export function withModalities(models: Models): Map<string, Map<string, FileModel>> {
  return new Map(
    [...models].map(([seller, own]) => [
      seller,
      new Map([...own].map(([id, model]) => [id, withTaken(model, takenBy(seller, model))])),
    ]),
  )
}

function withTaken(model: FileModel, taken: readonly Modality[]): FileModel {
  if (taken.length === 0) return model
  const all = new Set<Modality>([...(model.input ?? ['text']), ...taken])
  return { ...model, input: packedModalities.filter((modality) => all.has(modality)) }
}

function takenBy(seller: string, model: FileModel): readonly Modality[] {
  const rates = model.periods.at(-1)?.rates ?? {}
  const priced = mediaRates.filter(([rate]) => rates[rate] != null).map(([, modality]) => modality)
  if ((model.kind ?? 'chat') !== 'chat' || others.test(model.id)) return priced
  const line = lines.find(({ sellers, models }) => sellers.includes(seller) && models.test(model.id))
  const seesFiles = seller === 'openai' && openaiFiles.test(model.id) && model.input?.includes('image') === true
  return [...priced, ...(line?.takes ?? []), ...(seesFiles ? (['pdf'] as const) : [])]
}
