/**
 * Constants and spreads fitted to 419 recorded bills on 2026-11-23, with seed 1; written by
 * `npm run calibration:fit -- RECORDINGS.json`, reviewed like code. Constants replace those that stand in the rows of the
 * other files. `calls` are the recorded calls of the row; the errors are theirs when other folds were fitted on, in shares of the bill.
 */
import type { FittedRow } from './rule-set.ts'

export const fittedRows: Readonly<Record<string, FittedRow>> = {
  'text claude-3+claude-4': {
    calls: 100,
    medianError: 0.008,
    p90Error: 0.105,
    constants: {
      'ratios.latin': 0.984,
      'ratios.capitals': 1.247,
      other: 1.215,
    },
  },
  'frame claude-4': {
    calls: 98,
    medianError: 0.007,
    p90Error: 0.105,
    constants: {
      base: 3.1,
      perMessage: 3.9,
      perSystem: 0,
      perCall: 10,
      perResult: 28.6,
      'tools.perTool': 10.2,
      'tools.ratio': 1.048,
      'schema.base': 128.7,
      'reasoningModes.enabled': 28.9,
    },
    spread: {
      text: { below: 4, above: 2 },
      tools: { below: 0.3, above: 0.67 },
    },
  },
  'frame gemini-2.5': {
    calls: 27,
    medianError: 0,
    p90Error: 0.188,
    constants: {
      perCall: 10,
      perResult: 8,
      'tools.perTool': 20,
      'tools.perDescription': 1,
      'tools.withProperties': 4,
      'tools.perProperty': 4,
      'tools.perNestedProperty': 48.9,
    },
    spread: {
      text: { below: 0.95, above: 1 },
      tools: { below: 1.17, above: 0.42 },
    },
  },
  'frame gemini-1.5+gemini-2.0': {
    calls: 17,
    medianError: 0.013,
    p90Error: 0.313,
    constants: {
      perCall: 0,
      perResult: 1,
      'tools.perTool': 2.5,
    },
    spread: {
      text: { below: 1, above: 0.83 },
      tools: { below: 0.79, above: 0.86 },
    },
  },
  'text claude-4.7': {
    calls: 15,
    medianError: 0.056,
    p90Error: 0.137,
    constants: {
      'ratios.latin': 1.23,
      'ratios.capitals': 1.559,
      other: 1.519,
    },
  },
  'frame claude-4.7': {
    calls: 15,
    medianError: 0.056,
    p90Error: 0.137,
    constants: {
      base: 4.7,
      perMessage: 3.9,
      perSystem: 0,
      perCall: 10,
      perResult: 14.2,
      'tools.perTool': 10.2,
      'tools.ratio': 1.066,
      'schema.base': 128.7,
      'reasoningModes.enabled': 28.9,
      'tools.base': 102.9,
    },
    spread: {
      text: { below: 1.67, above: 0.83 },
      tools: { below: 0.41, above: 4 },
    },
  },
  'frame claude-3': {
    calls: 2,
    medianError: 0.023,
    p90Error: 0.023,
    constants: {
      base: 3.1,
      perMessage: 3.9,
      perSystem: 0,
      perCall: 10,
      perResult: 28.6,
      'tools.perTool': 10.2,
      'tools.ratio': 1.048,
      'schema.base': 128.7,
      'reasoningModes.enabled': 28.9,
    },
    spread: {
      text: { below: 2.13, above: 1 },
      tools: { below: 1.44, above: 4 },
    },
  },
  'frame gemini-3': {
    calls: 16,
    medianError: 0.024,
    p90Error: 0.032,
    constants: {
      perCall: 10,
      perResult: 8,
      'tools.perTool': 15,
      'tools.perDescription': 12,
      'tools.withProperties': 4,
      'tools.perProperty': 8.5,
      'tools.perNestedProperty': 48.9,
    },
    spread: {
      text: { below: 2.13, above: 1 },
      tools: { below: 0.3, above: 0.33 },
    },
  },
  'frame gemini-2.5+gemini-3 google-vertex openrouter': {
    calls: 26,
    medianError: 0.009,
    p90Error: 0.037,
    constants: {},
    spread: {
      text: { below: 1, above: 0.83 },
      tools: { below: 0.3, above: 0.3 },
    },
  },
  'frame gpt-oss groq': {
    calls: 7,
    medianError: 0.007,
    p90Error: 0.026,
    constants: {},
    spread: {
      text: { below: 1.67, above: 1 },
      tools: { below: 0.58, above: 0.83 },
    },
  },
  'frame gpt-oss': {
    calls: 7,
    medianError: 0,
    p90Error: 0,
    constants: {},
    spread: {
      text: { below: 1, above: 1 },
      tools: { below: 0.83, above: 1.45 },
    },
  },
  'frame llama-3.1': {
    calls: 4,
    medianError: 0,
    p90Error: 0,
    constants: {},
    spread: {
      text: { below: 1.45, above: 1 },
      tools: { below: 1, above: 4 },
    },
  },
  'frame llama-4 groq': {
    calls: 9,
    medianError: 0.003,
    p90Error: 0.004,
    constants: {},
    spread: {
      text: { below: 2.13, above: 1 },
      tools: { below: 0.3, above: 0.6 },
    },
  },
  'frame qwen-3+qwen-3.5': {
    calls: 7,
    medianError: 0,
    p90Error: 0.89,
    constants: {},
    spread: {
      text: { below: 2.13, above: 1 },
      tools: { below: 0.77, above: 4 },
    },
  },
  'frame deepseek openai-responses': {
    calls: 4,
    medianError: 0.169,
    p90Error: 0.205,
    constants: {},
    spread: {
      text: { below: 2.13, above: 1 },
      tools: { below: 0.92, above: 1.45 },
    },
  },
  'frame deepseek': {
    calls: 4,
    medianError: 0.039,
    p90Error: 20.813,
    constants: {},
    spread: {
      text: { below: 1.67, above: 1 },
      tools: { below: 0.8, above: 4 },
    },
  },
  'frame glm-4': {
    calls: 5,
    medianError: 0,
    p90Error: 0.095,
    constants: {},
    spread: {
      text: { below: 1.45, above: 1 },
      tools: { below: 1, above: 4 },
    },
  },
  'frame glm-5': {
    calls: 4,
    medianError: 0.023,
    p90Error: 0.1,
    constants: {},
    spread: {
      text: { below: 1.67, above: 1 },
      tools: { below: 0.8, above: 1.45 },
    },
  },
  'frame mistral-v3+mistral': {
    calls: 15,
    medianError: 0.016,
    p90Error: 0.13,
    constants: {},
    spread: {
      text: { below: 1.45, above: 1 },
      tools: { below: 1.28, above: 0.42 },
    },
  },
  'frame nova': {
    calls: 8,
    medianError: 0.046,
    p90Error: 0.156,
    constants: {},
    spread: {
      text: { below: 1.45, above: 1 },
      tools: { below: 0.74, above: 4 },
    },
  },
  'frame nova-2': {
    calls: 5,
    medianError: 0.007,
    p90Error: 3.722,
    constants: {},
    spread: {
      text: { below: 2.13, above: 1.5 },
      tools: { below: 0.63, above: 0.67 },
    },
  },
  'frame of any other family': {
    calls: 386,
    constants: {},
    spread: {
      text: { below: 2.13, above: 1.5 },
      tools: { below: 0.92, above: 2.68 },
    },
  },
}
