/**
 * Tokens of the tools that Anthropic defines and the caller runs: their definitions are not in the body, but their sizes are published
 * ("Bash tool", "Text editor tool", "Computer use tool", as of 2026-09). Those that run at Anthropic bring what they find into the
 * input, which nobody can foresee, and have no row.
 */
import type { FamilyName } from '../../models/families.ts'
import type { TokenRange } from '../types.ts'

interface ClientTool {
  /** What the type of the tool matches; the AI SDK writes `anthropic.` before it. */
  readonly type: RegExp
  readonly tokens: TokenRange
  /** For Claude 4.7 and later, where that is another figure. */
  readonly later?: TokenRange
}

/** A published figure; models that the page does not name may differ. */
const about = (tokens: number, low = tokens * 0.95, high = tokens * 1.1): TokenRange => ({ tokens, low, high })

let tools: readonly ClientTool[] | undefined

function clientTools(): readonly ClientTool[] {
  return [
    { type: /^(?:anthropic\.)?bash_20/, tokens: about(244), later: about(325, 244) },
    { type: /^(?:anthropic\.)?text_editor_20/, tokens: about(700) },
    // The definition, and up to 499 tokens of a system prompt, which may be the one that all tools bring or stand beside it.
    { type: /^(?:anthropic\.)?computer_202[45]/, tokens: about(735, 700, 735 + 499) },
    // The toolsets of 2026: less without zoom, more with all optional members.
    { type: /^(?:anthropic\.)?computer_20/, tokens: about(4500, 3900, 5000) },
    { type: /^(?:anthropic\.)?browser_20/, tokens: about(6600, 6000, 7700) },
  ]
}

/** What one such tool adds to the tool prompt of Claude; `undefined` where that is not published. */
export function claudeClientTool(type: string, family: FamilyName): TokenRange | undefined {
  if (!family.startsWith('claude')) return undefined
  const tool = (tools ??= clientTools()).find((row) => row.type.test(type))
  return family === 'claude-4.7' ? (tool?.later ?? tool?.tokens) : tool?.tokens
}
