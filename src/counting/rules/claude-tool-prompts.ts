/** Tokens of the system prompt that Anthropic adds once when there is a tool, by model; documentation as of 2026-09. */

export interface ToolPrompt {
  /** Words of the model id, versions written with dashes. */
  readonly models: string
  /** With `tool_choice` `auto` or `none`. */
  readonly auto: number
  /** With `tool_choice` `any` or `tool`; `null` where it is not published. */
  readonly forced: number | null
}

let prompts: readonly ToolPrompt[] | undefined

/** The first row whose words all occur in the id counts. */
function toolPrompts(): readonly ToolPrompt[] {
  return [
    { models: 'opus-5-5', auto: 286, forced: null },
    { models: 'sonnet-5-5', auto: 286, forced: null },
    { models: 'haiku-5-5', auto: 286, forced: 406 },
    { models: 'opus-5', auto: 286, forced: 406 },
    { models: 'sonnet-5', auto: 354, forced: 474 },
    { models: 'fable', auto: 286, forced: 406 },
    { models: 'mythos', auto: 286, forced: 406 },
    { models: 'opus-4-8', auto: 290, forced: 410 },
    { models: 'opus-4-7', auto: 675, forced: 804 },
    { models: '4-6', auto: 497, forced: 589 },
    { models: '4-5', auto: 496, forced: 588 },
    { models: '3-7-sonnet', auto: 346, forced: 313 },
    { models: '3-5-sonnet 20240620', auto: 294, forced: 261 },
    { models: '3-5-sonnet', auto: 346, forced: 313 },
    { models: '3-5-haiku', auto: 264, forced: 355 },
    { models: '3-opus', auto: 530, forced: 281 },
    { models: '3-sonnet', auto: 159, forced: 235 },
    { models: '3-haiku', auto: 264, forced: 340 },
    { models: '', auto: 313, forced: 315 },
  ]
}

/** Tokens of the tool prompt; a forced choice whose figure is not published counts as the later models' +120. */
export function claudeToolPrompt(model: string, forced: boolean): number {
  const row = toolPromptFor(model)
  return forced ? (row.forced ?? row.auto + 120) : row.auto
}

/** The row of the table that holds for a model. */
export function toolPromptFor(model: string): ToolPrompt {
  const id = model.toLowerCase().replaceAll('.', '-')
  return (prompts ??= toolPrompts()).find(({ models }) => models.split(' ').every((word) => id.includes(word)))!
}
