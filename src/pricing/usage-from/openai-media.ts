/** OpenAI's usage of pictures and sound: the Images API, the image tool of Responses, Realtime sessions, transcriptions. */
import { count, type Fields, firstCount, inner, innerList, textField } from './fields.ts'
import type { ReadUsage } from './read-usage.ts'

/** Text and pictures are inside the totals. Where the output is not split it is all pictures, as the API reference says. */
export function openaiImages(usage: Fields): ReadUsage {
  const input = inner(usage, 'input_tokens_details')
  const output = inner(usage, 'output_tokens_details')
  const outputTokens = count(usage, 'output_tokens')
  return {
    inputTokens: count(usage, 'input_tokens'),
    outputTokens,
    inputImageTokens: count(input, 'image_tokens'),
    cacheReadTokens: count(input, 'cached_tokens'),
    cacheReadImageTokens: count(inner(input, 'cached_tokens_details'), 'image_tokens'),
    outputImageTokens: output === undefined ? outputTokens : count(output, 'image_tokens'),
    reasoningTokens: count(output, 'reasoning_tokens'),
  }
}

/** Text, sound and pictures are inside the totals. Old transcription models report seconds in place of tokens. */
export function openaiAudio(usage: Fields): ReadUsage {
  const seconds = usage.seconds
  if (textField(usage, 'type') === 'duration' && typeof seconds === 'number')
    return { inputTokens: 0, outputTokens: 0, inputAudioSeconds: Math.round(seconds * 1000) / 1000 }
  const input = inner(usage, 'input_token_details')
  const cached = inner(input, 'cached_tokens_details')
  return {
    inputTokens: count(usage, 'input_tokens'),
    outputTokens: count(usage, 'output_tokens'),
    inputAudioTokens: count(input, 'audio_tokens'),
    inputImageTokens: count(input, 'image_tokens'),
    cacheReadTokens: count(input, 'cached_tokens'),
    cacheReadAudioTokens: count(cached, 'audio_tokens'),
    cacheReadImageTokens: count(cached, 'image_tokens'),
    outputAudioTokens: count(inner(usage, 'output_token_details'), 'audio_tokens'),
  }
}

/** What the image tool of a Responses call used: another model's tokens, or pictures whose tokens were not reported. */
export function imageToolUsage(
  response: Fields,
): { readonly model: string | null; readonly read: ReadUsage } | undefined {
  const tool = innerList(response, 'tools').find((entry) => textField(entry, 'type') === 'image_generation')
  const model = textField(tool, 'model') ?? null
  const tokens = inner(inner(response, 'tool_usage'), 'image_gen')
  if (tokens !== undefined && (firstCount(tokens, 'total_tokens', 'input_tokens', 'output_tokens') ?? 0) > 0)
    return { model, read: openaiImages(tokens) }
  const images = innerList(response, 'output').filter((item) => textField(item, 'type') === 'image_generation_call')
  return images.length === 0 ? undefined : { model, read: { outputImages: images.length } }
}
