/** What a request body says about its reply and its service, whatever the provider. Own fields only: bodies are hostile. */
import { InvalidRequestError } from '../errors.ts'

type Fields = Readonly<Record<string, unknown>>

/** An own field. @throws InvalidRequestError when code behind it throws, a getter's or a proxy's. */
export function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  try {
    return Object.hasOwn(value, key) ? (value as Fields)[key] : undefined
  } catch (cause) {
    throw new InvalidRequestError(key, 'the field could not be read; send plain JSON data', { cause })
  }
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined
}

export function word(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The model that a request names for itself. */
export function modelOf(request: unknown): string | undefined {
  return word(own(request, 'model')) ?? word(own(request, 'modelId'))
}

/** The limit of reply tokens in a body: OpenAI, Anthropic, Mistral and Cohere; Gemini; Bedrock Converse; the AI SDK. */
export function outputLimitOf(request: unknown): number | undefined {
  return (
    positive(own(request, 'max_completion_tokens')) ??
    positive(own(request, 'max_output_tokens')) ??
    positive(own(request, 'max_tokens')) ??
    positive(own(request, 'maxOutputTokens')) ??
    positive(own(own(request, 'generationConfig'), 'maxOutputTokens')) ??
    positive(own(own(request, 'inferenceConfig'), 'maxTokens'))
  )
}

/** How many replies are asked for; each is billed. */
export function choicesOf(request: unknown): number {
  return positive(own(request, 'n')) ?? positive(own(own(request, 'generationConfig'), 'candidateCount')) ?? 1
}

/** The service tier that a body asks for. */
export function serviceTierOf(request: unknown): string | undefined {
  return word(own(request, 'service_tier'))
}
