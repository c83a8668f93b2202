/** Bytes of a file that stands in a request, as base64 text or as bytes. */
import type { FileData } from '../request.ts'

/** Length of the file. */
export function fileBytes(data: FileData): number {
  return typeof data === 'string' ? Math.floor((data.length * 3) / 4) : data.length
}

/** At most `limit` bytes of the beginning; of base64, which may be in lines, up to the first character that is none. Never throws. */
export function decodeStart(data: FileData, limit: number): Uint8Array {
  return typeof data === 'string' ? decodeBase64Start(data, limit) : data.subarray(0, limit)
}

function decodeBase64Start(base64: string, limit: number): Uint8Array {
  const bytes = new Uint8Array(Math.min(limit, fileBytes(base64)))
  let bits = 0
  let held = 0
  let length = 0
  for (let at = 0; at < base64.length && length < bytes.length; at += 1) {
    const code = base64.charCodeAt(at)
    const value = digitValue(code)
    if (value < 0 && (code === 10 || code === 13 || code === 32 || code === 9)) continue
    if (value < 0) break
    bits = (bits << 6) | value
    held += 6
    if (held < 8) continue
    held -= 8
    bytes[length++] = (bits >>> held) & 0xff
    bits &= (1 << held) - 1
  }
  return bytes.subarray(0, length)
}

/** Value of a base64 digit, also of the URL-safe ones; −1 for anything else. */
function digitValue(code: number): number {
  if (code >= 65 && code <= 90) return code - 65
  if (code >= 97 && code <= 122) return code - 71
  if (code >= 48 && code <= 57) return code + 4
  if (code === 43 || code === 45) return 62
  return code === 47 || code === 95 ? 63 : -1
}
