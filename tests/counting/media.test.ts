import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countImageTokens, countRequest } from '../../src/counting/index.ts'
import { imageSize } from '../../src/counting/media/image-size.ts'
import { oracles } from './oracle-encodings.ts'

/** Pictures of 37 × 23 pixels, written by libvips (sharp 0.34). */
const files: Readonly<Record<string, string>> = {
  png: 'iVBORw0KGgoAAAANSUhEUgAAACUAAAAXCAYAAACMLIalAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAP0lEQVRIie2WwQ0AQAjCnKSzMh5j3RieSR/+CYHiFPLbzbaAKgqdwkxlu3UVCegUZiq2D5GA8IwzUweZO1/CA4FdChiqXWwlAAAAAElFTkSuQmCC',
  jpeg: '/9j/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAXACUDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAME/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AigJtgAAAAAAAAAD/2Q==',
  'jpeg, on its side':
    '/9j/4QC8RXhpZgAASUkqAAgAAAAGABIBAwABAAAABgAAABoBBQABAAAAVgAAABsBBQABAAAAXgAAACgBAwABAAAAAgAAABMCAwABAAAAAQAAAGmHBAABAAAAZgAAAAAAAAA4YwAA6AMAADhjAADoAwAABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAAACUAAAADoAQAAQAAABcAAAAAAAAA/+IB8ElDQ19QUk9GSUxFAAEBAAAB4GxjbXMEIAAAbW50clJHQiBYWVogB+IAAwAUAAkADgAdYWNzcE1TRlQAAAAAc2F3c2N0cmwAAAAAAAAAAAAAAAAAAPbWAAEAAAAA0y1oYW5keem/Vlo+AbaDI4VVRvdPqgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAKZGVzYwAAAPwAAAAkY3BydAAAASAAAAAid3RwdAAAAUQAAAAUY2hhZAAAAVgAAAAsclhZWgAAAYQAAAAUZ1hZWgAAAZgAAAAUYlhZWgAAAawAAAAUclRSQwAAAcAAAAAgZ1RSQwAAAcAAAAAgYlRSQwAAAcAAAAAgbWx1YwAAAAAAAAABAAAADGVuVVMAAAAIAAAAHABzAFIARwBCbWx1YwAAAAAAAAABAAAADGVuVVMAAAAGAAAAHABDAEMAMAAAWFlaIAAAAAAAAPbWAAEAAAAA0y1zZjMyAAAAAAABDD8AAAXd///zJgAAB5AAAP2S///7of///aIAAAPcAADAcVhZWiAAAAAAAABvoAAAOPIAAAOPWFlaIAAAAAAAAGKWAAC3iQAAGNpYWVogAAAAAAAAJKAAAA+FAAC2xHBhcmEAAAAAAAMAAAACZmkAAPKnAAANWQAAE9AAAApb/9sAQwAbEhQXFBEbFxYXHhwbIChCKyglJShROj0wQmBVZWRfVV1baniZgWpxkHNbXYW1hpCeo6utq2eAvMm6pseZqKuk/9sAQwEcHh4oIyhOKytOpG5dbqSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk/8AAEQgAFwAlAwEiAAIRAQMRAf/EABUAAQEAAAAAAAAAAAAAAAAAAAAF/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABYBAQEBAAAAAAAAAAAAAAAAAAADBP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AIoCbYAAAAAAAAAA/9k=',
  gif: 'R0lGODlhJQAXAIAAAExpccgeHiH5BAUAAAAALAAAAAAlABcAAAIbjI+py+0Po5y02ouz3rz7D4biSJbmiabqyo4FADs=',
  'webp, lossy': 'UklGRkAAAABXRUJQVlA4IDQAAADwAgCdASolABcAPzmaxVuvKyekJWgB4CcJZwAAKUMVqAD+7CZdxTTP7pP1P7m+gfI4AAAA',
  'webp, lossless': 'UklGRh4AAABXRUJQVlA4TBEAAAAvJIAFAAfQh5L1of+BiOh/AAA=',
  'webp, extended':
    'UklGRmoAAABXRUJQVlA4WAoAAAAQAAAAJAAAFgAAQUxQSAoAAAABB1DAiAhERP8DVlA4IDoAAAAwAwCdASolABcAPzmaxVuvKyekJWgB4CcJZwDLpA8KmggAAP7i4LjCaSdH+j/1P+2KcTTLi1FyAAAA',
  avif: 'AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAAA+gABAAAAAAAAACMAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAACUAAAAXAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAAArbWRhdBIACgk4FSSzSAhoNIAyFB7CYqTgABYAAKxDfGGkK7iOZkyo',
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(Buffer.from(base64, 'base64'))
}

describe('picture headers', () => {
  it.each(Object.entries(files))('gives the size of %s', (name, base64) => {
    const expected = name.includes('side') ? { width: 23, height: 37 } : { width: 37, height: 23 }
    expect(imageSize(bytesOf(base64))).toEqual(expected)
  })

  it('reads the largest picture of a HEIC file, whose tiles and thumbnail are smaller', () => {
    const box = (width: number, height: number): number[] => [
      ...[0, 0, 0, 20, 0x69, 0x73, 0x70, 0x65, 0, 0, 0, 0],
      ...[0, 0, width >> 8, width & 255, 0, 0, height >> 8, height & 255],
    ]
    const head = [0, 0, 0, 24, ...Buffer.from('ftypheic'), 0, 0, 0, 0, ...Buffer.from('mif1heic')]
    const bytes = Uint8Array.from([...head, ...box(512, 512), ...box(4032, 3024), ...box(320, 240)])
    expect(imageSize(bytes)).toEqual({ width: 4032, height: 3024 })
  })

  it('never throws on cut or broken files', () => {
    for (const base64 of Object.values(files)) {
      const bytes = bytesOf(base64)
      for (let length = 0; length < bytes.length; length += 1) imageSize(bytes.subarray(0, length))
    }
    const broken = fc.tuple(fc.constantFrom(...Object.values(files)), fc.nat(), fc.nat(255))
    fc.assert(
      fc.property(broken, ([base64, at, value]) => {
        const bytes = bytesOf(base64)
        bytes[at % bytes.length] = value
        const size = imageSize(bytes)
        expect(size === undefined || (size.width > 0 && size.height > 0)).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('documented picture counts', () => {
  it.each([
    // OpenAI "Images and vision", tile models
    ['gpt-4o', 1024, 1024, 'high', 765],
    ['gpt-4.1', 1024, 1024, 'high', 765],
    ['gpt-4.1', 2048, 4096, 'high', 1105],
    ['gpt-4.1', 4096, 8192, 'low', 85],
    ['gpt-4o-mini', 1024, 1024, 'high', 25501],
    ['gpt-4o-mini', 1024, 1024, 'low', 2833],
    ['gpt-5', 1024, 1024, 'low', 70],
    ['computer-use-preview', 1024, 1024, 'high', 581],
    // patch models
    ['gpt-4.1-mini', 1024, 1024, 'high', 1659],
    ['o4-mini', 1024, 1024, 'high', 1762],
    ['o4-mini', 1800, 2400, 'high', Math.ceil(1452 * 1.72)],
    ['gpt-5.4', 1024, 1024, 'high', 1229],
    ['gpt-5.4', 2048, 2048, 'high', 3000],
    // Anthropic "Vision", both tiers
    ['claude-sonnet-4-6', 200, 200, undefined, 64],
    ['claude-opus-4-8', 200, 200, undefined, 64],
    ['claude-sonnet-4-6', 1000, 1000, undefined, 1296],
    ['claude-opus-4-8', 1000, 1000, undefined, 1296],
    ['claude-haiku-4-5', 1092, 1092, undefined, 1521],
    ['claude-sonnet-5', 1092, 1092, undefined, 1521],
    ['claude-sonnet-4-6', 1920, 1080, undefined, 1560],
    ['claude-opus-4-8', 1920, 1080, undefined, 2691],
    ['claude-haiku-4-5', 2000, 1500, undefined, 1564],
    ['claude-opus-4-8', 2000, 1500, undefined, 3888],
    ['claude-haiku-4-5', 3840, 2160, undefined, 1560],
    ['claude-opus-5', 3840, 2160, undefined, 4784],
    ['claude-haiku-4-5', 1075, 1520, undefined, 1551],
    ['claude-opus-4-8', 1075, 1520, undefined, 2145],
    // gpt-5.3-codex and codex-mini, https://community.openai.com/t/1377015
    ['gpt-5.3-codex', 1024, 1024, 'high', 1229],
    ['codex-mini-latest', 1024, 1024, 'high', 1762],
    // input of the image models: tiles with a short side of 512, and what high input fidelity adds
    ['gpt-image-1', 1024, 1024, undefined, 194],
    ['gpt-image-1', 1024, 1024, 'high', 4354],
    ['gpt-image-1', 1536, 1024, 'high', 6563],
    // Qwen's processors: 4 to 16,384 tokens, sides in whole cells
    ['qwen2.5-vl-72b-instruct', 540, 360, undefined, 247],
    ['qwen2.5-vl-72b-instruct', 1, 1, undefined, 4],
    ['qwen2.5-vl-72b-instruct', 10_000, 10_000, undefined, 16_384],
    ['qwen3-vl-235b-a22b-instruct', 100, 100, undefined, 64],
    // mistral-common's encoder: 1540 pixels in cells of 28, Pixtral 1024 in cells of 16, a break for each row
    ['mistral-small-2506', 1540, 1540, undefined, 56 * 55],
    ['mistral-medium-latest', 3008, 2000, undefined, 56 * 37],
    ['pixtral-12b-2409', 1024, 1024, undefined, 65 * 64],
    ['pixtral-large-latest', 2000, 1000, undefined, 65 * 32],
    // Gemini "Tokens"
    ['gemini-2.0-flash', 384, 384, undefined, 258],
    ['gemini-2.5-flash', 384, 384, 'MEDIA_RESOLUTION_LOW', 64],
    ['gemini-2.5-flash', 384, 384, 'MEDIA_RESOLUTION_MEDIUM', 256],
    ['gemini-2.5-flash', 384, 384, 'MEDIA_RESOLUTION_UNSPECIFIED', 258],
  ] as const)('%s at %i × %i, detail %s, is %i tokens', (model, width, height, detail, expected) => {
    const image = detail === undefined ? { width, height } : { width, height, detail }
    expect(countImageTokens(image, { model }).tokens).toBe(expected)
  })

  it('changes with the day where the guide changed', () => {
    const image = { width: 3000, height: 3000 }
    const before = countImageTokens(image, { model: 'gpt-4.1-mini', at: '2026-05-01' })
    const after = countImageTokens(image, { model: 'gpt-4.1-mini', at: new Date('2026-08-01') })
    expect([before.tokens, after.tokens]).toEqual([Math.ceil(1521 * 1.62), Math.ceil(4096 * 1.62)])
  })

  it('allows for cut-outs where high resolution is asked of Gemini 2.5', () => {
    const image = { width: 3000, height: 2000, detail: 'MEDIA_RESOLUTION_HIGH' }
    expect(countImageTokens(image, { model: 'gemini-2.5-flash' })).toMatchObject({ tokens: 256, high: 2304 })
  })

  it('refuses sizes that no picture has', () => {
    for (const width of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => countImageTokens({ width, height: 10 }, { model: 'gpt-4o' })).toThrow(RangeError)
  })
})

/**
 * Bills of pictures, the text and the frame around them taken off: pydantic/pydantic-ai at 4fda3898, tests/models/cassettes, whose
 * prompts are known to the token. For mistral the two bills differ by just what the two counts do.
 */
describe('recorded picture counts', () => {
  it.each([
    ['gpt-4o', 3008, 2000, 1105],
    ['gpt-5-mini', 597, 566, 411],
    ['gpt-5-mini', 400, 301, 156],
    ['anthropic/claude-sonnet-4.6', 597, 566, 462],
    ['gemini-2.0-flash', 3008, 2000, 3354],
    ['gemini-2.0-flash', 540, 360, 1806],
    ['gemini-2.5-flash', 400, 301, 258],
    ['gemini-3-flash-preview', 400, 301, 1102],
    ['gemini-3-flash-preview', 597, 566, 1088],
    ['mistral-medium-latest', 597, 566, 483],
    ['mistral-medium-latest', 400, 301, 176],
    ['glm-4.6v', 597, 566, 420],
    ['qwen2.5-vl-72b-instruct', 597, 566, 420],
    ['llama-4-scout', 540, 360, 731],
  ] as const)('%s at %i × %i was billed %i tokens', (model, width, height, billed) => {
    expect(countImageTokens({ width, height }, { model }).tokens).toBe(billed)
  })

  it('is one below a bill of gpt-4.1-nano, and the range holds it', () => {
    expect(countImageTokens({ width: 540, height: 360 }, { model: 'gpt-4.1-nano' })).toMatchObject({
      tokens: 502,
      high: 503,
    })
  })

  it('adds four tokens for the block around a picture in Claude requests', () => {
    const text = { type: 'text', text: 'What is this?' }
    const source = { type: 'base64', media_type: 'image/png', data: files['png'] }
    const count = (content: readonly unknown[]): number =>
      countRequest({ messages: [{ role: 'user', content }] }, { model: 'claude-sonnet-4-6', encodings: oracles }).tokens
    expect(count([{ type: 'image', source }, text]) - count([text])).toBe(2 + 4)
  })

  /** Measured by readers of the OpenAI forum, https://community.openai.com/t/1344040, against the guide of the time. */
  it.each([
    ['gpt-5-mini', 256, 256, 77],
    ['gpt-5-mini', 512, 512, 308],
    ['gpt-5-mini', 768, 1024, 922],
    ['gpt-5-mini', 1280, 720, 1104],
    ['gpt-5-mini', 1024, 1024, 1229],
    ['gpt-5-mini', 2048, 768, 1844],
  ] as const)('%s at %i × %i was measured as %i tokens', (model, width, height, measured) => {
    for (const at of ['2025-09-15', '2026-06-15', '2026-11-01'])
      expect(countImageTokens({ width, height }, { model, at }).tokens).toBe(measured)
  })
})

describe('media in requests', () => {
  const url = `data:image/png;base64,${files['png']}`

  it('reads the size from a data URL', () => {
    const content = [{ type: 'image_url', image_url: { url, detail: 'high' } }]
    const count = countRequest({ messages: [{ role: 'user', content }] }, { model: 'gpt-4o', encodings: oracles })
    expect(count).toMatchObject({ tokens: 7 + 255, low: 7 + 255, high: 7 + 255, warnings: [] })
  })

  it('gives a range and a warning when the size cannot be known', () => {
    const content = [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }]
    const count = countRequest({ messages: [{ role: 'user', content }] }, { model: 'gpt-4o', encodings: oracles })
    expect(count.low).toBeLessThanOrEqual(7 + 255)
    expect(count.high).toBeGreaterThanOrEqual(7 + 1105)
    expect(count.warnings.map(({ code }) => code)).toEqual(['unknown-media-size'])
  })

  it('counts the seconds of a WAV file', () => {
    const wav = Buffer.alloc(44 + 32_000 * 3)
    wav.write('RIFF', 0)
    wav.write('WAVEfmt ', 8)
    wav.writeUInt32LE(32_000, 28)
    const parts = [{ inlineData: { mimeType: 'audio/wav', data: wav.toString('base64') } }]
    const body = { contents: [{ role: 'user', parts }] }
    const count = countRequest(body, { model: 'gemini-2.5-flash', encodings: oracles })
    expect(count.parts.find(({ kind }) => kind === 'audio')?.tokens).toBe(96)
  })

  it('counts the pages of a PDF', () => {
    const objects = '<< /Type /Pages >> << /Type /Page >> << /Type/Page>> << /Type\n/PageLabel >>'
    const pdf = Buffer.from(`%PDF-1.4 ${objects}`).toString('base64')
    const parts = [{ inlineData: { mimeType: 'application/pdf', data: pdf } }]
    const count = countRequest({ contents: [{ parts }] }, { model: 'gemini-2.0-flash', encodings: oracles })
    expect(count.parts.find(({ kind }) => kind === 'documents')?.tokens).toBe(516)
  })
})

describe('clips of films', () => {
  it('are as long as the body says', () => {
    const count = (videoMetadata: object): ReturnType<typeof countRequest> =>
      countRequest(
        {
          contents: [
            { role: 'user', parts: [{ fileData: { mimeType: 'video/mp4', fileUri: 'gs://a/b' }, videoMetadata }] },
          ],
        },
        { model: 'gemini-2.5-flash', encodings: oracles },
      )
    expect(count({ startOffset: '5s', endOffset: '15s' })).toMatchObject({ tokens: 2901, warnings: [] })
    expect(count({ endOffset: '10s', fps: 2 }).tokens).toBe(5801)
    expect(count({ startOffset: '5s' }).warnings.map(({ code }) => code)).toEqual(['unknown-media-size'])
  })
})
