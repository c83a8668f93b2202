/**
 * Prompt frames: what providers bill around the text of a request. Their constants stand in the files beside this one whose names end
 * in `-frames`.
 *
 * A row holds for a family, for the named APIs (all when none is named) and sellers (all when none is named), in the half-open
 * period `[from, until)`; the first row that fits counts. `source` says where the constants come from: `recordings` means that
 * they reproduce recorded bills (docs/accuracy.md has the figures), `documentation` that a provider publishes them.
 */
import type { FamilyName } from '../../models/families.ts'
import type { GoogleForm } from '../google-tools.ts'
import type { JsonLayout } from '../json.ts'
import type { NamespaceOptions } from '../namespace-text.ts'
import type { ApiName, TokenRange } from '../types.ts'

/** Multiples of the distances that rows state, for the parts that are text and for those that tools, calls and schemas make. */
export interface Spread {
  readonly text: number
  readonly tools: number
}

export interface Frame {
  readonly families: readonly FamilyName[]
  readonly apis?: readonly ApiName[]
  readonly sellers?: readonly string[]
  readonly from?: string
  readonly until?: string
  readonly source: string

  /** Tokens of every request: begin marks and the opening of the reply. */
  readonly base: number
  /** Tokens around each message, the role word included. */
  readonly perMessage: number
  /** Tokens around a system message, when they differ from `perMessage`. */
  readonly perSystem?: number
  /** Tokens of a `name` besides its text; −1 with `nameReplacesRole`. */
  readonly perName?: number
  /** Tokens around an assistant message, when they differ from `perMessage`. */
  readonly perAssistant?: number
  /** Tokens of one earlier tool call besides its name and arguments. */
  readonly perCall: number
  /** Whether earlier calls are written as `<invoke name="…">` with a `<parameter>` for each argument, and counted so. */
  readonly callsAsMarkup?: boolean
  /** Tokens of each argument of a call besides its words, or besides its markup. */
  readonly perArgument?: number
  /**
   * For prompts in which a turn of the model is reasoning, text and calls in one, the reasoning only where the request has tools: tokens of
   * the reasoning besides its text, and once for the calls of a turn.
   */
  readonly wholeTurns?: { readonly perReasoning: number; readonly perCalls: number }
  /** What calls and results differ by from that, each: tokens below and above. */
  readonly callBand?: number
  /** Tokens of a call that carries its stored id, besides `perCall`. */
  readonly perStoredCall?: TokenRange
  /** Tokens of one tool result besides its text. */
  readonly perResult: number
  /** What stands before the function's name in a tool result; `undefined` when results do not name it. */
  readonly resultNamePrefix?: string
  /** Tokens once for several calls in one turn, which are wrapped as one `multi_tool_use.parallel` call; else each stands alone. */
  readonly parallelCalls?: number
  /** Whether reasoning that is sent back is billed; templates that strip it are the rule. */
  readonly countsReasoning?: boolean
  /** Whether `<think>…</think>` in assistant texts is stripped. */
  readonly stripsThinkTags?: boolean
  /** Tokens that reasoning switched on adds to a request without tools, by the word for it. */
  readonly reasoningModes?: Readonly<Record<string, number>>
  /** The instruction how much to reason, in requests with tools and without. */
  readonly effort?: EffortTokens
  /** Tokens that tools at the provider's side added to recorded bills, at most; more is possible. */
  readonly hostedToolsHigh?: number
  /** Whether text in a turn that calls tools is dropped. */
  readonly dropsTextBesideCalls?: boolean
  /** What recorded bills of this family differ by, whatever the size: tokens below and above. */
  readonly band?: { readonly below: number; readonly above: number }
  /**
   * How far the bounds of the calibrated parts are to be drawn: multiples of the distances that the rows state, so that the range
   * holds the stated share of bills.
   */
  readonly spread?: Spread
  readonly tools: ToolFrame
  /** Tokens of a structured output schema: `schema tokens × ratio + base`. */
  readonly schema?: {
    readonly base: number
    readonly ratio: number
    readonly lowRatio: number
    readonly highRatio: number
  }
}

/** What a prompt says about how much to reason. */
export interface EffortTokens {
  /** Tokens when the request does not say how much. */
  readonly unasked: number
  /** Tokens by the word for it; none for other words. */
  readonly modes: Readonly<Record<string, number>>
  /** Tokens at least, where not all that sell the model write the same; default: just as many. */
  readonly least?: number
}

export interface ToolFrame extends NamespaceOptions {
  /**
   * `typescript`: one namespace text for all functions; `json`: the JSON text of each definition; the others are Google's
   * (google-tools.ts), which hold for calls and results too.
   */
  readonly form: 'typescript' | 'json' | GoogleForm
  /**
   * For `json`: how the text is laid out; default: `compact`. Indented definitions stand in `{ type, function }`; `markup` writes
   * elements in angle brackets instead (markup-tools.ts).
   */
  readonly layout?: JsonLayout | 'markup'
  /** For `json`: whether an empty description is written. */
  readonly emptyDescription?: boolean
  /** For `typescript`: how the functions of OpenAI's old field `functions` are written, when not as those of `tools` are. */
  readonly legacyFunctions?: NamespaceOptions
  /** Tokens once when there is a tool. */
  readonly base: number
  /** Tokens for each tool besides its text. */
  readonly perTool: number
  /** Tokens per token of the tools' text, where the form is only like the true one. */
  readonly ratio?: number
  /** Relative bounds of the tools' part, where the rule is fitted: true ≥ low × counted, true ≤ high × counted. */
  readonly low?: number
  readonly high?: number
  /** Whether Claude's tool prompt of the model comes on top of `base`. */
  readonly baseByModel?: boolean
  /** Whether `tool_choice: none` takes the tools out of the prompt. */
  readonly noneDropsTools?: boolean
  /** Tokens when the first tool has no description. */
  readonly firstUnexplained?: number
  /** Tokens of each group of tools that was added later, besides its text; `undefined` when the API knows no such thing. */
  readonly laterBase?: number
  /** Tokens added to `base` when a system or developer message is there. */
  readonly withSystem?: number
  /** Whether the first system message grows by one newline. */
  readonly systemNewline?: boolean
  readonly choice?: {
    readonly none?: number
    readonly required?: number
    /** Besides the tokens of the name; `undefined` when a named choice costs nothing, the name included. */
    readonly named?: number
    readonly legacyNamed?: number
  }
}

/** For families without a row: a chat template like most, counted with wide bounds. */
export const fallbackFrame: Frame = {
  families: ['unknown'],
  source: 'a typical chat template; not verified',
  base: 3,
  perMessage: 4,
  perCall: 10,
  perResult: 8,
  band: { below: 8, above: 30 },
  tools: { form: 'json', base: 60, perTool: 10, low: 0.5, high: 2.5 },
}
