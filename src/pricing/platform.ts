/** The platform, for code that runs in browsers, edge workers and Node alike. */

/** The part of `fetch` that is used. */
export type FetchLike = (
  url: string,
  init: { readonly redirect: 'error'; readonly signal: unknown; readonly headers: Readonly<Record<string, string>> },
) => Promise<ResponseLike>

interface ResponseLike {
  readonly ok: boolean
  readonly status: number
  readonly body: {
    getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }>; cancel(): Promise<void> }
  } | null
}

/** What is used of it: no type library of one platform would be true of the others. */
interface Platform {
  readonly fetch?: FetchLike
  readonly crypto: { readonly subtle: { digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer> } }
  readonly TextDecoder: new (label: string, options: { fatal: boolean }) => { decode(bytes: Uint8Array): string }
  readonly AbortController: new () => { readonly signal: unknown; abort(): void }
  readonly URL: new (url: string) => { readonly href: string }
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}

export const platform: Platform = globalThis as unknown as Platform
