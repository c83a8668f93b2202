/**
 * Constants and spreads fitted to 419 recorded bills on 2026-11-23, with seed 1; written by
 * `npm run calibration:fit -- RECORDINGS.json`, reviewed like code. Constants replace those that stand in the rows of the
 * other files. `calls` are the recorded calls of the row; the errors are theirs when other folds were fitted on, in shares of the bill.
 */
import type { FittedRow } from './rule-set.ts'

export const fittedRows: Readonly<Record<string, FittedRow>> = {
  'text claude-3+claude-4': {
    calls: 100,
    medianError: 0.007,
    p90Error: 0.077,
    constants: {
      'ratios.latin': 0.983,
      'ratios.capitals': 1.25,
      other: 1.192,
    },
  },
  'frame claude-4': {
    calls: 98,
    medianError: 0.007,
    p90Error: 0.077,
    constants: {
      base: 3,
      perMessage: 4,
      perSystem: 0,
      perCall: 10,
      perResult: 29.2,
      'tools.perTool': 10.5,
      'tools.ratio': 1.058,
      'schema.base': 129.7,
      'reasoningModes.enabled': 29,
    },
    spread: {
      text: { below: 1.44, above: 2 },
      tools: { below: 0.57, above: 0.72 },
    },
  },
  'text claude-4.7': {
    calls: 15,
    medianError: 0.062,
    p90Error: 0.167,
    constants: {
      'ratios.latin': 1.229,
      'ratios.capitals': 1.563,
      other: 1.49,
    },
  },
  'frame claude-4.7': {
    calls: 15,
    medianError: 0.062,
    p90Error: 0.167,
    constants: {
      base: 4.6,
      perMessage: 4,
      perSystem: 0,
      perCall: 10,
      perResult: 15.4,
      'tools.perTool': 10.5,
      'tools.ratio': 1.058,
      'schema.base': 129.7,
      'reasoningModes.enabled': 29,
      'tools.base': 105.3,
    },
    spread: {
      text: { below: 0.97, above: 1 },
      tools: { below: 0.81, above: 4 },
    },
  },
  'frame claude-3': {
    calls: 2,
    medianError: 0.023,
    p90Error: 0.023,
    constants: {
      base: 3,
      perMessage: 4,
      perSystem: 0,
      perCall: 10,
      perResult: 29.2,
      'tools.perTool': 10.5,
      'tools.ratio': 1.058,
      'schema.base': 129.7,
      'reasoningModes.enabled': 29,
    },
    spread: {
      text: { below: 1.33, above: 1.54 },
      tools: { below: 2.34, above: 1.07 },
    },
  },
  'frame gemini-1.5+gemini-2.0': {
    calls: 17,
    medianError: 0,
    p90Error: 0.045,
    constants: {},
    spread: {
      text: { below: 0.94, above: 1 },
      tools: { below: 1.03, above: 1 },
    },
  },
  'frame gemini-2.5+gemini-3 google-vertex': {
    calls: 22,
    medianError: 0.014,
    p90Error: 0.019,
    constants: {},
    spread: {
      text: { below: 1, above: 1 },
      tools: { below: 0.5, above: 1 },
    },
  },
  'frame gemini-2.5 openrouter': {
    calls: 4,
    medianError: 0.006,
    p90Error: 0.025,
    constants: {},
    spread: {
      text: { below: 1, above: 1 },
      tools: { below: 1, above: 4 },
    },
  },
  'frame gemini-2.5': {
    calls: 27,
    medianError: 0,
    p90Error: 0.063,
    constants: {},
    spread: {
      text: { below: 0.8, above: 0.5 },
      tools: { below: 0.88, above: 1.17 },
    },
  },
  'frame gemini-3': {
    calls: 16,
    medianError: 0,
    p90Error: 0.025,
    constants: {},
    spread: {
      text: { below: 1, above: 1 },
      tools: { below: 1, above: 0.8 },
    },
  },
  'frame gpt-oss groq': {
    calls: 7,
    medianError: 0.007,
    p90Error: 0.026,
    constants: {},
    spread: {
      text: { below: 1, above: 1 },
      tools: { below: 1, above: 1 },
    },
  },
  'frame gpt-oss': {
    calls: 7,
    medianError: 0,
    p90Error: 0,
    constants: {},
    spread: {
      text: { below: 1, above: 1 },
      tools: { below: 1, above: 4 },
    },
  },
  'frame llama-3.1': {
    calls: 4,
    medianError: 0,
    p90Error: 0,
    constants: {},
    spread: {
      text: { below: 1, above: 1 },
      tools: { below: 1, above: 4 },
    },
  },
  'frame llama-4 groq': {
    calls: 9,
    medianError: 0.003,
    p90Error: 0.004,
    constants: {},
    spread: {
      text: { below: 1.33, above: 1.54 },
      tools: { below: 0.61, above: 0.67 },
    },
  },
  'frame qwen-3+qwen-3.5': {
    calls: 7,
    medianError: 0,
    p90Error: 0.89,
    constants: {},
    spread: {
      text: { below: 1.4, above: 1 },
      tools: { below: 0.81, above: 4 },
    },
  },
  'frame deepseek openai-responses': {
    calls: 4,
    medianError: 0.169,
    p90Error: 0.205,
    constants: {},
    spread: {
      text: { below: 2.13, above: 1 },
      tools: { below: 0.92, above: 4 },
    },
  },
  'frame deepseek': {
    calls: 4,
    medianError: 0.039,
    p90Error: 20.813,
    constants: {},
    spread: {
      text: { below: 1, above: 1 },
      tools: { below: 1, above: 4 },
    },
  },
  'frame glm-4': {
    calls: 5,
    medianError: 0,
    p90Error: 0.095,
    constants: {},
    spread: {
      text: { below: 1, above: 1 },
      tools: { below: 1, above: 4 },
    },
  },
  'frame glm-5': {
    calls: 4,
    medianError: 0.023,
    p90Error: 0.1,
    constants: {},
    spread: {
      text: { below: 1, above: 1 },
      tools: { below: 1, above: 4 },
    },
  },
  'frame mistral': {
    calls: 15,
    medianError: 0.016,
    p90Error: 0.13,
    constants: {},
    spread: {
      text: { below: 1, above: 1 },
      tools: { below: 1.33, above: 0.67 },
    },
  },
  'frame nova': {
    calls: 8,
    medianError: 0.046,
    p90Error: 0.156,
    constants: {},
    spread: {
      text: { below: 1, above: 1 },
      tools: { below: 1, above: 4 },
    },
  },
  'frame nova-2': {
    calls: 5,
    medianError: 0.007,
    p90Error: 3.722,
    constants: {},
    spread: {
      text: { below: 1.4, above: 1.54 },
      tools: { below: 0.71, above: 0.77 },
    },
  },
  'frame of any other family': {
    calls: 386,
    constants: {},
    spread: {
      text: { below: 1.4, above: 1.54 },
      tools: { below: 1, above: 1.26 },
    },
  },
}
