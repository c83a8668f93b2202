/** Files of the command line: read within bounds, written whole or not at all. */
import { createReadStream } from 'node:fs'
import { lstat, rename, rm, writeFile } from 'node:fs/promises'
import { joinedBytes } from '../bytes.ts'

/** Bytes of a file, one more than `limit` at most, so that a huge or endless one (`/dev/zero`) is known as such. */
export async function readUpTo(path: string, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of createReadStream(path, { end: limit })) chunks.push(chunk as Uint8Array)
  return joinedBytes(chunks)
}

/**
 * Creates a file, or replaces one: a link is replaced, not followed. Rejects with the code `EEXIST` when there is one that may not be
 * replaced, and with `ENOTFILE` for a device or a pipe, which would be gone afterwards.
 */
export async function writeWhole(path: string, text: string, replace: boolean): Promise<void> {
  if (!replace) return writeFile(path, text, { flag: 'wx' })
  const there = await lstat(path).catch(() => undefined)
  if (there?.isDirectory() === true) throw Object.assign(new Error(`${path} is a directory`), { code: 'EISDIR' })
  if (there !== undefined && !there.isFile() && !there.isSymbolicLink())
    throw Object.assign(new Error(`${path} is no regular file`), { code: 'ENOTFILE' })
  const whole = `${path}.${process.pid}.tmp`
  try {
    await writeFile(whole, text, { flag: 'wx' })
    await rename(whole, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(whole, { force: true })
    throw error
  }
}
