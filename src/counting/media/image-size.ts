/**
 * Width and height of a picture from its header: PNG, JPEG, GIF, WebP, and AVIF or HEIC by their `ispe` boxes. Reads a bounded
 * beginning of the file, never throws, and trusts nothing it has not checked.
 */

export interface ImageSize {
  readonly width: number
  readonly height: number
}

/** The size as shown, or `undefined` when the header is of no known kind, cut off or broken. */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = png(view) ?? gif(view) ?? webp(view) ?? jpeg(view) ?? heif(view)
  return size !== undefined && size.width > 0 && size.height > 0 ? size : undefined
}

/** Bytes that headers fit in; metadata before the size of a JPEG can be long. */
export const headerBytes: number = 1 << 19

function tag(view: DataView, at: number): string {
  if (at + 4 > view.byteLength) return ''
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))
}

function png(view: DataView): ImageSize | undefined {
  if (view.byteLength < 24 || view.getUint32(0) !== 0x89504e47 || tag(view, 12) !== 'IHDR') return undefined
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

function gif(view: DataView): ImageSize | undefined {
  if (view.byteLength < 10 || tag(view, 0) !== 'GIF8') return undefined
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
}

function webp(view: DataView): ImageSize | undefined {
  if (view.byteLength < 30 || tag(view, 0) !== 'RIFF' || tag(view, 8) !== 'WEBP') return undefined
  switch (tag(view, 12)) {
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) }
    default:
      return undefined
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}

/** Walks the segments to the first frame header; an Exif orientation that lays the picture on its side swaps the sides. */
function jpeg(view: DataView): ImageSize | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined
  let sideways = false
  let at = 2
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = view.getUint16(at + 2)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) {
      const height = view.getUint16(at + 5)
      const width = view.getUint16(at + 7)
      return sideways ? { width: height, height: width } : { width, height }
    }
    if (marker === 0xe1) sideways ||= isSideways(view, at + 4, at + 2 + length)
    if (length < 2) return undefined
    at += 2 + length
  }
  return undefined
}

/** Reads tag 0x0112 of the first directory of an Exif segment. */
function isSideways(view: DataView, start: number, limit: number): boolean {
  const end = Math.min(limit, view.byteLength)
  if (tag(view, start) !== 'Exif' || start + 14 > end) return false
  const tiff = start + 6
  const little = view.getUint16(tiff) === 0x4949
  const directory = tiff + view.getUint32(tiff + 4, little)
  if (directory + 2 > end) return false
  const entries = Math.min(view.getUint16(directory, little), 64)
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + 12 * entry
    if (at + 12 > end) return false
    if (view.getUint16(at, little) === 0x0112) return view.getUint16(at + 8, little) >= 5
  }
  return false
}

/** AVIF and HEIC: the largest `ispe` box among the item properties is the picture; smaller ones are tiles or previews. */
function heif(view: DataView): ImageSize | undefined {
  if (tag(view, 4) !== 'ftyp') return undefined
  let best: ImageSize | undefined
  for (let at = 8; at + 20 <= view.byteLength; at += 1) {
    if (view.getUint32(at) !== 0x69737065) continue
    const width = view.getUint32(at + 8)
    const height = view.getUint32(at + 12)
    if (width <= 65_535 && height <= 65_535 && (best === undefined || width * height > best.width * best.height))
      best = { width, height }
  }
  return best
}
