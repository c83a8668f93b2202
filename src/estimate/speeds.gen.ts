// npm run estimates:generate

/** `[source, url, date, spread]`. */
export function speedOrigins(): readonly (readonly [string, string, string, number])[] {
  return [
    ['Groq\'s list of models', 'https://console.groq.com/docs/models', '2026-10-01', 1.25],
    ['Groq\'s list of models, as recorded in a public test fixture', 'https://console.groq.com/docs/models', '2026-10-01', 1.25],
    ['Cerebras\' catalogue, as quoted by users of its API in August and October 2026', 'https://inference-docs.cerebras.ai/models/overview', '2026-10-01', 1.25],
    ['OpenAI fast mode: the rate that 99 % of requests exceed', 'https://openai.com/api-fast-mode', '2026-07-30', 2],
    ['Artificial Analysis, median over sellers of the model', 'https://artificialanalysis.ai', '2026-07-05', 1.5],
  ]
}

/** `[seller, model, service tier, tokens per second, 1 = at least, first token ms or 0, 1 = after reasoning, origin]`. */
export type SpeedRow = readonly [string, string, string, number, 0 | 1, number, 0 | 1, number]

export function speedRows(): readonly SpeedRow[] {
  return [
    ['alibaba', 'qwen3.7-max', 'standard', 200, 0, 1700, 0, 4],
    ['anthropic', 'claude-fable-5', 'standard', 62, 0, 45000, 1, 4],
    ['anthropic', 'claude-haiku-4-5', 'standard', 97, 0, 630, 0, 4],
    ['anthropic', 'claude-opus-4-8', 'standard', 57, 0, 18000, 1, 4],
    ['anthropic', 'claude-sonnet-5', 'standard', 79, 0, 137000, 1, 4],
    ['cerebras', 'gemma-4-31b', 'standard', 1850, 0, 0, 0, 2],
    ['cerebras', 'gpt-oss-120b', 'standard', 3000, 0, 0, 0, 2],
    ['cerebras', 'qwen-3.8-27b', 'standard', 1850, 0, 0, 0, 2],
    ['cohere', 'command-a-03-2025', 'standard', 57, 0, 360, 0, 4],
    ['deepseek', 'deepseek-flash', 'standard', 94, 0, 1000, 0, 4],
    ['deepseek', 'deepseek-v4-pro', 'standard', 57, 0, 1100, 0, 4],
    ['fireworks', 'accounts/fireworks/models/gpt-oss-120b', 'standard', 277, 0, 510, 0, 4],
    ['fireworks', 'accounts/fireworks/models/gpt-oss-20b', 'standard', 265, 0, 460, 0, 4],
    ['google', 'gemini-2.5-flash', 'standard', 198, 0, 430, 0, 4],
    ['google', 'gemini-2.5-flash-lite', 'standard', 210, 0, 300, 0, 4],
    ['google', 'gemini-2.5-pro', 'standard', 138, 0, 22000, 1, 4],
    ['google', 'gemini-3.1-pro-preview', 'standard', 138, 0, 16000, 1, 4],
    ['google', 'gemini-3.5-flash', 'standard', 210, 0, 9900, 1, 4],
    ['groq', 'llama-3.1-8b-instant', 'standard', 560, 0, 0, 0, 0],
    ['groq', 'llama-3.3-70b-versatile', 'standard', 280, 0, 0, 0, 0],
    ['groq', 'openai/gpt-oss-120b', 'standard', 500, 0, 0, 0, 0],
    ['groq', 'openai/gpt-oss-20b', 'standard', 1000, 0, 0, 0, 0],
    ['groq', 'qwen/qwen3.6-27b', 'standard', 500, 0, 0, 0, 1],
    ['groq', 'qwen/qwen3.8-27b', 'standard', 450, 0, 0, 0, 1],
    ['minimax', 'MiniMax-M3', 'standard', 105, 0, 1300, 0, 4],
    ['mistral', 'mistral-large-latest', 'standard', 60, 0, 660, 0, 4],
    ['mistral', 'mistral-medium-3-5', 'standard', 115, 0, 670, 0, 4],
    ['moonshotai', 'kimi-k2.6', 'standard', 46, 0, 1100, 0, 4],
    ['openai', 'gpt-4', 'standard', 44, 0, 880, 0, 4],
    ['openai', 'gpt-4-turbo', 'standard', 38, 0, 1280, 0, 4],
    ['openai', 'gpt-4.1', 'standard', 131, 0, 600, 0, 4],
    ['openai', 'gpt-4.1', 'fast', 80, 1, 0, 0, 3],
    ['openai', 'gpt-4o', 'standard', 209, 0, 450, 0, 4],
    ['openai', 'gpt-4o-mini', 'standard', 74, 0, 600, 0, 4],
    ['openai', 'gpt-5', 'standard', 92, 0, 88000, 1, 4],
    ['openai', 'gpt-5-mini', 'standard', 106, 0, 95000, 1, 4],
    ['openai', 'gpt-5-mini', 'fast', 80, 1, 0, 0, 3],
    ['openai', 'gpt-5.4', 'standard', 155, 0, 93000, 1, 4],
    ['openai', 'gpt-5.4-mini', 'standard', 165, 0, 2700, 1, 4],
    ['openai', 'gpt-5.4-mini', 'fast', 100, 1, 0, 0, 3],
    ['openai', 'gpt-5.5', 'standard', 92, 0, 29000, 1, 4],
    ['openai', 'gpt-5.5', 'fast', 50, 1, 0, 0, 3],
    ['openai', 'gpt-5.6-luna', 'fast', 100, 1, 0, 0, 3],
    ['openai', 'gpt-5.6-sol', 'fast', 80, 1, 0, 0, 3],
    ['openai', 'gpt-5.6-terra', 'fast', 70, 1, 0, 0, 3],
    ['together', 'meta-llama/Llama-3.3-70B-Instruct-Turbo', 'standard', 95, 0, 650, 0, 4],
    ['together', 'openai/gpt-oss-120b', 'standard', 277, 0, 510, 0, 4],
    ['together', 'openai/gpt-oss-20b', 'standard', 265, 0, 460, 0, 4],
    ['xai', 'grok-4.3', 'standard', 135, 0, 23000, 1, 4],
    ['zai', 'glm-5.2', 'standard', 175, 0, 840, 0, 4],
  ]
}
