/** Options that several commands share, and how they become terms of a call. */
import { apiNames } from '../counting/api-name.ts'
import type { EstimateOptions } from '../estimate/index.ts'
import { outputTasks } from '../estimate/priors.ts'
import { parseUsd } from '../money.ts'
import { instantOf } from '../pricing/instant.ts'
import { type Arguments, given, type Options, oneOf, wholeNumber } from './args.ts'
import { UsageError } from './io.ts'

export const help: Options = { help: { short: 'h', help: 'show this help' } }
export const json: Options = { json: { help: 'write JSON with every detail' } }
export const csvOption: Options = { csv: { help: 'write CSV' } }

export const htmlOption: Options = {
  html: { value: 'FILE', help: 'also write a report as one HTML file; an existing file is kept unless --force' },
  force: { help: 'let --html replace a file' },
}

export const requestOptions: Options = {
  api: { value: 'NAME', help: 'shape of a JSON body, when its fields do not tell: openai-chat, anthropic-messages, …' },
  text: { help: 'take JSON input as plain text' },
}

export const priceOptions: Options = {
  seller: { value: 'NAME', help: 'who sells the call; default: the maker, or the seller in the model id' },
  at: { value: 'DATE', help: 'the day or instant of the call, ISO 8601; default: now' },
  'service-tier': { value: 'NAME', help: 'standard, batch, flex, priority, fast or ultrafast' },
  region: { value: 'NAME', help: 'region or data residency with its own rates' },
}

export const outputOptions: Options = {
  'max-output': { value: 'N', help: 'limit of the reply in tokens; default: the limit in the body, else of the model' },
  'expected-output': { value: 'N', help: 'tokens of a typical reply; default: the measured mean of the task' },
  task: { value: 'NAME', help: `kind of reply: ${outputTasks.join(', ')}` },
  'max-cost': { value: 'USD', help: 'end with status 1 when the call can cost more than this' },
}

/** The terms of a call from the options above. @throws UsageError */
export function termsOf(args: Arguments): EstimateOptions {
  const output = given({
    max: wholeNumber(args, 'max-output', 1),
    expected: wholeNumber(args, 'expected-output'),
    task: oneOf(args, 'task', outputTasks),
  })
  return { ...placeOf(args), ...given({ api: oneOf(args, 'api', apiNames) }), output }
}

/** When, where and by whom a call is made. @throws UsageError */
export function placeOf(args: Arguments): Pick<EstimateOptions, 'seller' | 'at' | 'serviceTier' | 'region'> {
  return given({
    seller: args.text('seller'),
    at: instant(args, 'at'),
    serviceTier: args.text('service-tier'),
    region: args.text('region'),
  })
}

/** An ISO date or instant of an option. @throws UsageError */
export function instant(args: Arguments, name: string): string | undefined {
  const text = args.text(name)
  if (text === undefined) return undefined
  try {
    instantOf({ at: text })
  } catch {
    throw new UsageError(
      `--${name} takes a date such as 2026-05-01 or 2026-05-01T12:00:00Z, got ${JSON.stringify(text)}`,
    )
  }
  return text
}

/** The model of `--model`. @throws UsageError when it is missing and nothing else names one. */
export function modelOption(args: Arguments): string | undefined {
  const model = args.text('model')
  if (model === '') throw new UsageError('--model takes a model id, such as gpt-5-mini')
  return model
}

/** Picodollars of an option. @throws UsageError */
export function dollarsOf(args: Arguments, name: string): bigint | undefined {
  const text = args.text(name)
  if (text === undefined) return undefined
  try {
    const amount = parseUsd(text.replace(/^\$/, ''))
    if (amount >= 0n) return amount
  } catch {
    // falls through to the one message
  }
  throw new UsageError(`--${name} takes dollars such as 0.05, got ${JSON.stringify(text)}`)
}
