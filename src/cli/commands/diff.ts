import { posix } from 'node:path'
import { modelOf } from '../../estimate/body.ts'
import { type CostEstimate, estimateCost, isTokenfareError } from '../../index.ts'
import { parseUsd } from '../../money.ts'
import { diffMarkdown, type FileChange, type PricedVersion, rise, sumOf } from '../../report/diff.ts'
import { formatUsd } from '../../report/format.ts'
import { jsonText } from '../../report/json.ts'
import { type Arguments, wholeNumber } from '../args.ts'
import { type Command, worldOf } from '../command.ts'
import { commitOf, filesAt, folderHere, type TreeFile, textAt } from '../git.ts'
import { promptOf } from '../input.ts'
import { type CliIo, type ExitCode, exitCodes, InputError, UsageError } from '../io.ts'
import { dollarsOf, help, json, modelOption, outputOptions, placeOf, priceOptions, termsOf } from '../options.ts'

const MOST_FILES = 2000

export const diff: Command = {
  name: 'diff',
  usage: 'BASE HEAD [PATH…]',
  summary: 'what a change of prompts costs, between two git revisions',
  description:
    'Prices prompt files and request fixtures at two git revisions and writes the change per call and per month as Markdown, for a ' +
    'pull request. Exit status 3 when a changed file cannot be priced at HEAD. Files: all below PATHs with the endings .md, .txt, .prompt and .json; without PATHs those that are named ' +
    '*.prompt, *.prompt.md, *.prompt.txt or *.request.json. A JSON request body names its own model; --model is for the others.',
  options: {
    model: { short: 'm', value: 'MODEL', help: 'the model of files that name none' },
    'calls-per-month': { value: 'N', help: 'how often each file is sent a month; default 1000' },
    'fail-over': { value: 'LIMIT', help: 'end with status 1 when a month gets dearer by more than this: 25 or 5%' },
    ...outputOptions,
    ...priceOptions,
    ...json,
    ...help,
  },
  examples: [
    'tokenfare diff main HEAD prompts --model gpt-5-mini --calls-per-month 50000',
    'tokenfare diff origin/main HEAD --model gpt-4o --fail-over 5%',
  ],
  run: runDiff,
}

async function runDiff(args: Arguments, io: CliIo): Promise<ExitCode> {
  const [base, head, ...paths] = args.positionals
  if (base === undefined || head === undefined) throw new UsageError('two revisions are needed: BASE and HEAD')
  const limit = limitOf(args)
  const most = dollarsOf(args, 'max-cost')
  const calls = wholeNumber(args, 'calls-per-month') ?? 1000
  const here = paths.length === 0 ? '' : await folderHere(io)
  // As git has them: relative to the folder that the command runs in.
  const wanted = paths.map((path) => posix.join('/', here, path).slice(1))
  const [before, after] = await Promise.all([filesOf(base, wanted, io), filesOf(head, wanted, io)])
  if (paths.length > 0 && before.size + after.size === 0)
    throw new InputError(`no prompt file at either revision: ${paths.map((path) => JSON.stringify(path)).join(', ')}`)
  const price = pricer(args, io)
  const changes: FileChange[] = []
  let same = 0
  for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [old, now] = [before.get(path), after.get(path)]
    if (old?.blob === now?.blob) same++
    else changes.push({ path, before: await price(path, old), after: await price(path, now) })
  }
  if (changes.length > 0 && changes.every(({ before, after }) => isFailure(before) || isFailure(after)))
    io.writeError('tokenfare: none of the changed files could be priced\n')
  const report = { base, head, callsPerMonth: calls, unchanged: same, changes }
  io.writeOut(args.flag('json') ? jsonText({ ...report, total: sumOf(changes, calls) }) : diffMarkdown(report))
  return statusOf(changes, calls, limit, most, io)
}

function isFailure(version: PricedVersion | null): boolean {
  return version !== null && 'error' in version
}

interface Limit {
  readonly pico?: bigint
  readonly percent?: number
}

/** Dollars a month, or percent. @throws UsageError */
function limitOf(args: Arguments): Limit | undefined {
  const text = args.text('fail-over')
  if (text === undefined) return undefined
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text)
  if (percent !== null) return { percent: Number(percent[1]) }
  return { pico: dollarsOf(args, 'fail-over') as bigint }
}

function statusOf(
  changes: readonly FileChange[],
  calls: number,
  limit: Limit | undefined,
  most: bigint | undefined,
  io: CliIo,
): ExitCode {
  const { before, after } = sumOf(changes, calls)
  const more = parseUsd(after.exact) - parseUsd(before.exact)
  const over =
    limit?.pico !== undefined
      ? more > limit.pico
      : limit?.percent !== undefined && more > 0n && rise(before, after) * 100 > limit.percent
  if (over) io.writeError(`tokenfare: a month gets dearer: ${formatUsd(before)} to ${formatUsd(after)}\n`)
  const dear = changes.filter(({ after: now }) => {
    if (most === undefined || now === null || !('cost' in now)) return false
    return !now.complete || parseUsd(now.cost.high.exact) > most
  })
  for (const { path } of dear)
    io.writeError(`tokenfare: a call with ${JSON.stringify(path)} can cost more than --max-cost\n`)
  if (over || dear.length > 0) return exitCodes.overLimit
  // A limit that was not looked at for a file is not kept.
  return changes.some(({ after: now }) => isFailure(now)) ? exitCodes.unknownModel : exitCodes.ok
}

const promptFiles = /\.(?:prompt(?:\.md|\.txt)?|request\.json)$/
const textFiles = /\.(?:md|txt|prompt|json)$/

async function filesOf(revision: string, paths: readonly string[], io: CliIo): Promise<ReadonlyMap<string, TreeFile>> {
  const wanted = paths.length === 0 ? promptFiles : textFiles
  const files = (await filesAt(await commitOf(revision, io), paths, io)).filter(({ path }) => wanted.test(path))
  if (files.length > MOST_FILES) throw new InputError(`${revision}: more than ${MOST_FILES} files; name PATHs`)
  return new Map(files.map((file) => [file.path, file]))
}

/** Prices a version of a file. What cannot be priced is said in its row; the others go on. */
function pricer(
  args: Arguments,
  io: CliIo,
): (path: string, file: TreeFile | undefined) => Promise<PricedVersion | null> {
  const model = modelOption(args)
  // One instant for all, so that only the files make a difference.
  const at = placeOf(args).at ?? new Date(io.clock())
  const terms = { ...termsOf(args), ...worldOf(io), at }
  return async (path, file) => {
    if (file === undefined) return null
    try {
      const request = promptOf({ name: path, text: await textAt(file, io) }, !path.endsWith('.json'))
      const named = modelOf(request) !== undefined
      if (!named && model === undefined) throw new UsageError(`--model is missing; ${JSON.stringify(path)} names none`)
      return versionOf(await estimateCost(request, { ...terms, ...(named ? {} : { model: model as string }) }))
    } catch (error) {
      if (isTokenfareError(error) || error instanceof InputError) return { error: error.message }
      throw error
    }
  }
}

function versionOf({ seller, model, input, cost, complete }: CostEstimate): PricedVersion {
  return { model: `${seller}/${model}`, inputTokens: input.tokens, cost, complete }
}
