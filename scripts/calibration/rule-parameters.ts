/**
 * Which constants of the rules are fitted to recorded bills, and what each keeps to where the bills say little. Everything else in
 * `src/counting/rules/` is documented by a provider, or generated from a chat template, or set by hand with its source.
 */

export interface RowParameters {
  /** Row of the rule set: `frameId` or `calibrationId`. */
  readonly row: string
  /** Row whose fitted constants this one takes over and leans on; else the general ones below. */
  readonly parent?: string
  /** Factor from the parent's constants to this row's priors. */
  readonly parentFactor?: number
  /** What this row's priors differ by from that. */
  readonly parentShifts?: Readonly<Record<string, number>>
  /** Constants to fit. */
  readonly paths: readonly string[]
  /** Rows of exact vocabularies have whole constants, and no spread. */
  readonly whole?: boolean
}

/** What a chat template costs where nothing is known: the figures of published templates, roughly. */
export const generalPriors: Readonly<Record<string, number>> = {
  base: 3,
  perMessage: 4,
  /** Anthropic's "Token counting" page gives 14 tokens for a system prompt of four words and a message of two: nothing is left for a frame. */
  perSystem: 0,
  perCall: 10,
  perResult: 8,
  'tools.base': 30,
  'tools.perTool': 10,
  'tools.ratio': 1,
  'schema.base': 30,
  'reasoningModes.enabled': 20,
  'ratios.latin': 1.01,
  'ratios.capitals': 1.2,
  other: 1.1,
}

/** A change of a constant that is as surprising as a miss of one per cent of a bill, times ten. */
export const priorScales: Readonly<Record<string, number>> = {
  other: 0.15,
  'ratios.latin': 0.02,
  ratios: 0.1,
  'tools.ratio': 0.1,
  'tools.base': 50,
  'schema.base': 50,
  base: 2,
  perMessage: 0.2,
  perSystem: 1,
}

const claudeText = ['ratios.latin', 'ratios.capitals', 'other']
/** A message costs four tokens in every chat model since 2023, a result is a message, and the reply of gpt-4o starts with three: documented, so not fitted. */
const openAi = ['perCall', 'tools.base']
/** A call and its result cost two tokens less than in Chat Completions, in both families. */
const responsesShifts = { perCall: -2 } as const

export const parameters: readonly RowParameters[] = [
  { row: 'frame gpt-4o', paths: openAi, whole: true },
  {
    row: 'frame gpt-4o openai-responses',
    parent: 'frame gpt-4o',
    parentShifts: responsesShifts,
    paths: openAi,
    whole: true,
  },
  { row: 'frame gpt-5', paths: ['base', ...openAi], whole: true },
  {
    row: 'frame gpt-5 openai-responses',
    parent: 'frame gpt-5',
    parentShifts: responsesShifts,
    paths: ['base', ...openAi],
    whole: true,
  },
  { row: 'text claude-3+claude-4', paths: claudeText },
  {
    row: 'frame claude-4',
    paths: [
      'base',
      'perMessage',
      'perSystem',
      'perCall',
      'perResult',
      'tools.perTool',
      'tools.ratio',
      'schema.base',
      'reasoningModes.enabled',
    ],
  },
  { row: 'text claude-4.7', parent: 'text claude-3+claude-4', parentFactor: 1.25, paths: ['ratios.latin'] },
  { row: 'frame claude-4.7', parent: 'frame claude-4', paths: ['base', 'perResult', 'tools.base'] },
  { row: 'frame claude-3', parent: 'frame claude-4', paths: [] },
]
