/** Frames of DeepSeek's models: V3 and R1 by their chat template, V4 and V4.1 by their published encoders. */
import { chatFrame, framed } from './chat-frame.ts'
import type { EffortTokens, Frame } from './frames.ts'
import * as templates from './templates.gen.ts'

/**
 * DeepSeek V4 has no chat template but an encoder (`encoding_dsv4.py` beside its weights): `<User>`, `<Assistant>` and `<think>` of one
 * token each, definitions as JSON in a prompt of 221 tokens, calls in elements whose names begin with a token of their own, results
 * in the turn of the user. Recorded bills are one token below that, and one above for each call.
 * How much to reason stands before everything: nothing for `low`, 79 tokens for `high`, which is the default, 92 for `max`
 * (api-docs.deepseek.com, "Thinking Mode").
 */
function deepSeekV4Frame(): Frame {
  return {
    ...chatFrame(),
    families: ['deepseek-v4'],
    source: 'documentation; recordings',
    base: 2,
    perMessage: 1,
    perAssistant: 3,
    perSystem: 0,
    perCall: 3,
    callsAsMarkup: true,
    perArgument: 6,
    perResult: 9,
    callBand: 1,
    countsReasoning: true,
    stripsThinkTags: false,
    wholeTurns: { perReasoning: 1, perCalls: 13 },
    tools: { form: 'json', layout: 'spaced', base: 221, perTool: 0 },
    band: { below: 2, above: 2 },
  }
}

/** Before the weights of 2026-07-31 (Pro: 2026-08-13) what is `high` now was `max`, and `high` had no words. */
const earlyEffort: EffortTokens = { unasked: 0, modes: { xhigh: 79, max: 79 } }
const lateEffort: EffortTokens = { unasked: 79, modes: { enabled: 79, medium: 79, high: 79, xhigh: 92, max: 92 } }

/** V4.1 (`encoding.py` beside its weights) names the effort in one line, marks the system's words, and has shorter names of elements. */
function deepSeekV41Frame(): Frame {
  return {
    ...deepSeekV4Frame(),
    families: ['deepseek-v4.1'],
    source: 'documentation',
    perCall: 1,
    wholeTurns: { perReasoning: 1, perCalls: 9 },
    effort: { unasked: 26, modes: { enabled: 26, minimal: 26, low: 26, medium: 26, high: 26, xhigh: 26, max: 26 } },
    tools: { form: 'json', layout: 'spaced', base: 211, perTool: 0 },
    band: { below: 2, above: 4 },
  }
}

export function deepSeekFrames(): readonly Frame[] {
  return [
    { ...deepSeekV4Frame(), until: '2026-07-31', effort: earlyEffort },
    { ...deepSeekV4Frame(), sellers: ['deepseek'], from: '2026-07-31', until: '2026-09-10', effort: lateEffort },
    // Hosts may have another default, and DeepSeek answers the old names with V4.1.
    { ...deepSeekV4Frame(), from: '2026-07-31', effort: { ...lateEffort, least: 0 } },
    deepSeekV41Frame(),
    {
      // `deepseek-chat` and `deepseek-reasoner` were names of V4 in their last months.
      ...deepSeekV4Frame(),
      families: ['deepseek'],
      sellers: ['deepseek'],
      from: '2026-04-24',
      effort: earlyEffort,
      band: { below: 10, above: 2 },
    },
    {
      // The template writes no definitions of tools; the constants of tools, calls and results are those of recorded bills.
      ...framed(templates.deepseek()),
      families: ['deepseek'],
      perCall: 35,
      perResult: 10,
      countsReasoning: true,
      tools: { form: 'json', base: 150, perTool: 25, ratio: 0.9, low: 0.75, high: 1.3 },
      band: { below: 1, above: 4 },
    },
  ]
}
