import { refuse } from './refuse.ts'

/** One field of a message: its number, and its value by wire type. */
export interface Field {
  readonly number: number
  readonly value: number | Uint8Array
}

const MAX_FIELDS = 2_000_000

/**
 * The fields of a protobuf message, in the order of the file: varints (up to 2^53) and 32-bit floats as numbers, the rest as bytes.
 * @throws TokenfareError when the message is cut or uses groups.
 */
export function* fields(message: Uint8Array): Generator<Field> {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength)
  let at = 0

  function varint(): number {
    let value = 0
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= message.length) cut()
      const byte = message[at++]
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    return refuse('a number in it has more than ten bytes')
  }

  function take(length: number): Uint8Array {
    if (length > message.length - at) cut()
    at += length
    return message.subarray(at - length, at)
  }

  for (let count = 0; at < message.length; count++) {
    if (count > MAX_FIELDS) refuse('it has too many fields')
    const key = varint()
    const number = Math.floor(key / 8)
    if (number === 0) refuse('a field in it has the number 0')
    switch (key % 8) {
      case 0:
        yield { number, value: varint() }
        break
      case 1:
        yield { number, value: take(8) }
        break
      case 2:
        yield { number, value: take(varint()) }
        break
      case 5:
        take(4)
        yield { number, value: view.getFloat32(at - 4, true) }
        break
      default:
        refuse(`a field in it has the wire type ${key % 8}`)
    }
  }
}

function cut(): never {
  refuse('it is cut short')
}
