/** X.509 certificates made on the spot, so that tests of TLS need no tool and keep no private key in the repository. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

export interface Certificate {
  readonly certPem: string
  readonly keyPem: string
}

/** An element of DER (ITU-T X.690): tag, length, content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const text = (value: string): Buffer => der(0x0c, Buffer.from(value))
const octets = (...parts: readonly Uint8Array[]): Buffer => der(0x04, ...parts)
const isTrue = der(0x01, Buffer.from([0xff]))
/** GeneralizedTime in seconds. */
const time = (date: Date): Buffer => der(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`))

/** ecdsa-with-SHA256, commonName, basicConstraints, subjectAltName (RFC 5280, RFC 5758). */
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))
const commonName = '550403'
const basicConstraints = '551d13'
const subjectAltName = '551d11'

/** A certificate for this machine that signs itself. */
export function selfSigned(valid: { readonly from: Date; readonly until: Date }, ip = [127, 0, 0, 1]): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(der(0x31, sequence(oid(commonName), text('tokenfare test'))))
  const extensions = sequence(
    sequence(oid(basicConstraints), isTrue, octets(sequence(isTrue))),
    // [7] is an address, as the four bytes of it.
    sequence(oid(subjectAltName), octets(sequence(der(0x87, Buffer.from(ip))))),
  )
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    sequence(time(valid.from), time(valid.until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey))
  return { certPem: pem(sequence(body, ecdsaWithSha256, signature)), keyPem: keyPem(privateKey) }
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

function keyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}
