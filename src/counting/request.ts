/** The one internal form of a request: adapters make it from provider bodies, the counter reads it. */
import type { CountNotice, CountWarningCode } from './types.ts'

export type Role = 'system' | 'developer' | 'user' | 'assistant' | 'tool'

export interface TextPart {
  readonly kind: 'text'
  readonly text: string
}

/** A call the model made in an earlier turn; `arguments` is the JSON text. */
export interface ToolCallPart {
  readonly kind: 'tool-call'
  readonly name: string
  readonly arguments: string
  /** True when the call carries the id under which the provider keeps it (OpenAI Responses). */
  readonly stored: boolean
}

/** What a tool answered. */
export interface ToolResultPart {
  readonly kind: 'tool-result'
  readonly name: string | undefined
  readonly parts: readonly SimplePart[]
}

/** Reasoning of an earlier turn that is sent back. `opaque` when it is encrypted: only its size can be seen. */
export interface ReasoningPart {
  readonly kind: 'reasoning'
  readonly text: string
  readonly opaque: boolean
}

/** A file in a request: base64 text, or its bytes as SDKs take them. */
export type FileData = string | Uint8Array

/** Picture, sound, film or document. What is not known stays `undefined`. */
export interface MediaPart {
  readonly kind: 'image' | 'audio' | 'video' | 'document'
  /** Detail or resolution as asked for, in the provider's words. */
  readonly detail: string | undefined
  readonly data: FileData | undefined
  readonly mediaType: string | undefined
  readonly width: number | undefined
  readonly height: number | undefined
  readonly seconds: number | undefined
  readonly pages: number | undefined
}

/** Something that is billed but that no rule covers; its JSON text bounds it. */
export interface UnknownPart {
  readonly kind: 'unknown'
  readonly json: string
}

export type SimplePart = TextPart | MediaPart | UnknownPart
export type Part = SimplePart | ToolCallPart | ToolResultPart | ReasoningPart

export interface ChatMessage {
  readonly role: Role
  readonly name: string | undefined
  readonly parts: readonly Part[]
}

export interface FunctionTool {
  readonly name: string
  readonly description: string
  /** JSON Schema of the arguments, as given. */
  readonly schema: unknown
  /** True for a definition in OpenAI's old field `functions`. */
  readonly legacy?: boolean
  /** True when the schema came in Gemini's field `parametersJsonSchema`, which older models do not bill. */
  readonly isJsonSchema?: boolean
}

export interface ToolChoice {
  readonly mode: 'auto' | 'none' | 'required' | 'named'
  readonly name?: string
  /** True for the OpenAI field `function_call`, which is billed differently. */
  readonly legacy?: boolean
}

export interface StructuredOutput {
  readonly name: string
  readonly description: string
  readonly schema: unknown
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[]
  readonly tools: readonly FunctionTool[]
  /** Groups of tools that were added in the course of the conversation. */
  readonly laterTools: readonly (readonly FunctionTool[])[]
  readonly toolChoice: ToolChoice
  readonly structuredOutput: StructuredOutput | undefined
  /** Reasoning as asked for, in the provider's own words (`enabled`, `adaptive`, `high`, …), or `undefined`. */
  readonly reasoning: string | undefined
  /** Tools that the provider defines, whose definitions are not in the body, by the provider's names; most run on its side. */
  readonly hostedTools: readonly string[]
  /**
   * What follows the last cache point, in APIs whose usage reports what was read from or written to a cache apart from the input
   * tokens (Bedrock); absent when there is no cache point.
   */
  readonly afterCachePoint?: readonly ChatMessage[]
  /** Tokens by which settings without a known rule moved recorded bills. */
  readonly unsettled?: { readonly tokens?: number; readonly below: number; readonly above: number }
  readonly warnings: readonly CountNotice<CountWarningCode>[]
}
