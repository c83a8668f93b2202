/** Shapes of request bodies that can be counted; `prompt` is bare text. */
export const apiNames = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'gemini',
  'bedrock-converse',
  'mistral',
  'cohere',
  'ai-sdk',
  'langchain',
] as const

export type ApiName = (typeof apiNames)[number]
