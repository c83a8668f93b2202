/** Tokens of pictures, sound, films and documents. */
import type { ChatContext } from '../chat.ts'
import type { MediaPart } from '../request.ts'

export function countMedia(part: MediaPart, { warnings }: ChatContext): void {
  warnings.push({ code: 'unknown-media-size', message: `the size of the ${part.kind} is not known` })
}
