/** `tokenfare/heuristic`: token counts without any vocabulary, with bounds. */
export { estimateTokens, type HeuristicCount, type HeuristicMethod } from './tokenizer/heuristic.ts'
