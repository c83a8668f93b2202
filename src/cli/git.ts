/** Reading files of a git repository at a revision. Names and revisions are hostile: they are never options, nor parsed by lines. */
import { textOf } from './input.ts'
import { type CliIo, InputError } from './io.ts'

/** A file of a tree. */
export interface TreeFile {
  readonly path: string
  /** Hash of the content. */
  readonly blob: string
}

const HASH = /^[0-9a-f]{40,64}$/

async function git(args: readonly string[], io: CliIo): Promise<Uint8Array> {
  if (io.git === undefined) throw new InputError('git cannot be run here')
  try {
    return await io.git(args)
  } catch (error) {
    const said = String((error as { stderr?: unknown } | null)?.stderr ?? '').trim()
    const first = (said === '' ? String((error as Error).message) : said).split('\n', 1)[0] as string
    throw new InputError(`git ${args[0]}: ${first}`, { cause: error })
  }
}

/** The commit that a revision names. @throws InputError */
export async function commitOf(revision: string, io: CliIo): Promise<string> {
  const out = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], io).catch(
    (error: InputError) => {
      throw new InputError(`no commit ${JSON.stringify(revision)} in this repository`, { cause: error })
    },
  )
  const hash = text(out).trim()
  if (!HASH.test(hash)) throw new InputError(`no commit ${JSON.stringify(revision)} in this repository`)
  return hash
}

/** Regular files of a commit below the given paths, or all; links and submodules have no text of their own. */
export async function filesAt(commit: string, paths: readonly string[], io: CliIo): Promise<TreeFile[]> {
  const out = text(await git(['ls-tree', '-r', '-z', '--full-tree', commit], io))
  const files: TreeFile[] = []
  for (const entry of out.split('\0')) {
    const match = /^(100644|100755) blob ([0-9a-f]+)\t(.*)$/s.exec(entry)
    if (match === null) continue
    const [, , blob, path] = match as unknown as [string, string, string, string]
    if (paths.length === 0 || paths.some((wanted) => isBelow(path, wanted))) files.push({ path, blob })
  }
  return files
}

function isBelow(path: string, wanted: string): boolean {
  const folder = wanted.replace(/^\.\//, '').replace(/\/+$/, '')
  return folder === '' || folder === '.' || path === folder || path.startsWith(`${folder}/`)
}

/** The text of a file. @throws InputError */
export async function textAt({ blob, path }: TreeFile, io: CliIo): Promise<string> {
  return textOf(await git(['cat-file', 'blob', blob], io), path)
}

/** The folder of the repository that the command runs in: empty, or with a slash at its end. */
export async function folderHere(io: CliIo): Promise<string> {
  return text(await git(['rev-parse', '--show-prefix'], io)).replace(/\n$/, '')
}

function text(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
