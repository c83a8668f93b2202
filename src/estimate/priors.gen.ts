// npm run estimates:generate

import type { OutputPrior, OutputTask, ReasoningEffort } from './priors.ts'

/** `[task, unit, evidence, p10, p50, p90, p95, p99, mean, source]`. */
export type PriorRow = readonly [
  ...[OutputTask, OutputPrior['unit'], OutputPrior['evidence']],
  ...[number, number, number, number, number, number, string],
]

export function priorRows(): readonly PriorRow[] {
  return [
    ['chat', 'tokens', 'trace', 54, 131, 423, 450, 601, 212, 'Azure LLM inference trace 2023, conversation: even minutes, 9,782 replies'],
    ['code-completion', 'tokens', 'trace', 7, 13, 56, 93, 246, 27, 'Azure LLM inference trace 2023, code: even minutes, 4,538 replies'],
    ['agent-step', 'tokens', 'derived', 17, 84, 414, 651, 1521, 182, 'Mooncake tool-and-agent trace (FAST\'25): mean 182 of 23,608 replies; log-normal with the spread of 249 recorded tool calls (log deviation 1.245)'],
    ['write', 'tokens', 'derived', 380, 819, 1767, 2197, 3308, 980, 'WritingPrompts stories: mean 734.5 words (Fan et al. 2018), 0.75 words a token; log-normal with an assumed log deviation of 0.6'],
    ['extract', 'tokens', 'judged', 20, 70, 300, 500, 1200, 130, 'judgement: a JSON record of a few to a few dozen fields'],
    ['classify', 'tokens', 'judged', 1, 4, 15, 30, 100, 8, 'judgement: a label, sometimes with its frame or a reason'],
    ['summarise', 'input-share', 'derived', 0.03, 0.059, 0.15, 0.2, 0.4, 0.08, 'lengths of summaries to documents: CNN/DailyMail 0.072 (See et al. 2017), XSum 0.053, arXiv 0.045 and PubMed 0.067 (Cohan et al. 2018), GovReport 0.059; the spread is judged'],
    ['translate', 'input-share', 'judged', 0.8, 1.05, 1.6, 2, 3, 1.15, 'judgement, between languages of one script; other scripts take up to several times the tokens (Petrov et al. 2023)'],
    ['rewrite', 'input-share', 'judged', 0.6, 1, 1.3, 1.6, 2.2, 1, 'judgement: as long as what is rewritten'],
  ]
}

/** `[effort, reasoning tokens relative to medium]`. */
export function effortRows(): readonly (readonly [ReasoningEffort, number])[] {
  return [
    ['none', 0],
    ['minimal', 0.2],
    ['low', 0.4],
    ['medium', 1],
    ['high', 1.6],
    ['xhigh', 1.9],
    ['max', 2],
  ]
}

export const reasoningPerVisibleToken = 2.5
export const leastReasoningTokens = 130
