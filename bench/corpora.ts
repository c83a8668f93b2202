/**
 * Texts to measure on, made once into a cache folder from what a Debian machine and `npm ci` provide: LibreOffice's help (Debian packages
 * `libreoffice-help-…`: running text in five languages), MediaWiki's interface messages (`mediawiki`: sentences, in the languages
 * without such a help), Perl's manual (`perl-doc`), source files of both and of the installed packages, and seeded inventions for chat,
 * logs and prompts.
 */
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { randomSource } from '../tests/reference/fuzz-text.ts'

/** Strings of at most this many UTF-16 units, as an application would hand them over. */
const STRING_UNITS = 8192

/** Languages whose text is LibreOffice's help: its folder there, and the letters that tell it from what is not translated. */
const helpLanguages = {
  chinese: { folder: 'zh-CN', letters: /\p{Script=Han}/gu },
  japanese: { folder: 'ja', letters: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/gu },
  korean: { folder: 'ko', letters: /\p{Script=Hangul}/gu },
  russian: { folder: 'ru', letters: /\p{Script=Cyrillic}/gu },
  hindi: { folder: 'hi', letters: /\p{Script=Devanagari}/gu },
} as const

/** Languages whose text is MediaWiki's messages, with the name of their files. */
const messageLanguages = { arabic: 'ar', thai: 'th' } as const

export const corpusNames: readonly string[] = [
  'english',
  'code',
  ...Object.keys(helpLanguages),
  ...Object.keys(messageLanguages),
  'emoji_chat',
  'json',
  'logs',
  'short_prompts',
]

const folder = resolve(process.env['TOKENFARE_BENCH_CACHE'] ?? join(tmpdir(), 'tokenfare-bench-3'))

/** The strings of a corpus. Makes all corpora on first use. */
export function corpus(name: string): string[] {
  if (!existsSync(join(folder, 'complete'))) makeCorpora()
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as string[]
}

function makeCorpora(): void {
  const helpPackages = Object.values(helpLanguages).map(({ folder }) => `libreoffice-help-${folder.toLowerCase()}`)
  const unpacked = unpackDebianPackages(['mediawiki', 'perl-doc', ...helpPackages])
  const random = randomSource(1)
  const english = prose(unpacked)
  const texts: Record<string, string[]> = {
    english: pieces(english),
    code: pieces(sourceCode(unpacked)),
    emoji_chat: pieces(emojiChat(english, random)),
    json: pieces(jsonDocuments(unpacked)),
    logs: pieces(logs(random)),
  }
  for (const [name, { folder, letters }] of Object.entries(helpLanguages))
    texts[name] = pieces(helpParagraphs(unpacked, folder, letters))
  for (const [name, code] of Object.entries(messageLanguages)) texts[name] = pieces(messages(unpacked, code))
  texts['short_prompts'] = shortPrompts(texts, random)
  mkdirSync(folder, { recursive: true })
  for (const [name, strings] of Object.entries(texts))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(strings))
  writeFileSync(join(folder, 'complete'), '')
  rmSync(unpacked, { recursive: true })
}

function unpackDebianPackages(names: string[]): string {
  const work = mkdtempSync(join(tmpdir(), 'tokenfare-debian-'))
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
  execFileSync('apt-get', ['download', '-qq', ...names], { cwd: work, stdio: ['ignore', 'ignore', 'ignore'] })
  const unpacked = join(work, 'root')
  for (const file of readdirSync(work).filter((entry) => entry.endsWith('.deb'))) {
    execFileSync('dpkg-deb', ['-x', join(work, file), unpacked])
    rmSync(join(work, file))
  }
  const kept = mkdtempSync(join(tmpdir(), 'tokenfare-debian-'))
  renameSync(unpacked, join(kept, 'root'))
  rmSync(work, { recursive: true })
  return kept
}

function filesBelow(path: string, wanted: (file: string) => boolean): string[] {
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = join(path, entry.name)
      if (entry.isDirectory()) return filesBelow(file, wanted)
      return entry.isFile() && wanted(file) ? [file] : []
    })
}

/** Each paragraph of the help once that is written in the language at least by half. */
function helpParagraphs(root: string, folder: string, letters: RegExp): string {
  const seen = new Set<string>()
  for (const file of filesBelow(root, (name) => name.includes(`/help/${folder}/text/`) && name.endsWith('.html'))) {
    for (const [, marked] of readFileSync(file, 'utf8').matchAll(/<(?:p|h\d|td)\b[^>]*>(.*?)<\/(?:p|h\d|td)>/gs)) {
      const paragraph = withoutMarkup(marked as string)
      if (2 * (paragraph.match(letters)?.length ?? 0) >= Math.max(1, paragraph.length)) seen.add(paragraph)
    }
  }
  return [...seen].join('\n')
}

function withoutMarkup(html: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', nbsp: '\u00a0', amp: '&' }
  return html
    .replace(/<[^>]+>/g, '')
    .replace(/&(\w+);/g, (entity, name: string) => entities[name] ?? entity)
    .trim()
}

/** Each message once, in files' order. */
function messages(root: string, language: string): string {
  const seen = new Set<string>()
  for (const file of filesBelow(
    root,
    (name) => name.endsWith(`/i18n/${language}.json`) || new RegExp(`/i18n/.*/${language}\\.json$`).test(name),
  )) {
    for (const [key, value] of Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)) {
      if (key !== '@metadata' && typeof value === 'string') seen.add(value)
    }
  }
  return [...seen].join('\n')
}

/** Running text of the manual pages: paragraphs that are no code, with the markup taken off. */
function prose(root: string): string {
  const paragraphs = filesBelow(root, (name) => name.endsWith('.pod'))
    .flatMap((file) => readFileSync(file, 'latin1').split(/\n{2,}/))
    .filter((paragraph) => /^[A-Z][^\n]*[a-z]/.test(paragraph) && !paragraph.startsWith('='))
    .map((paragraph) => paragraph.replace(/[A-Z]<+\s*([^<>]*)\s*>+/g, '$1'))
  return [...new Set(paragraphs)].join('\n\n')
}

/** The beginnings of source files in several languages, a file or two from each folder so that no project is seen twice. */
function sourceCode(root: string): string {
  const isSource = (name: string) =>
    /\.(php|js|ts|css|less|lua|sql|pl|pm|sh|py|vue)$/.test(name) && !/[.-]min\.|node_modules\/typescript/.test(name)
  const perFolder = new Map<string, number>()
  return [...filesBelow(root, isSource), ...filesBelow(resolve(import.meta.dirname, '../node_modules'), isSource)]
    .filter((file) => {
      const seen = perFolder.get(dirname(file)) ?? 0
      perFolder.set(dirname(file), seen + 1)
      return seen < 2
    })
    .map((file) => readFileSync(file, 'utf8').slice(0, 6_000))
    .filter((text) => !text.split('\n').some((line) => line.length > 400))
    .join('\n')
    .slice(0, 4_000_000)
}

function jsonDocuments(root: string): string {
  return filesBelow(
    root,
    (name) => /\/(en|qqq|de|fr)\.json$/.test(name) || /\/(package|extension|composer)\.json$/.test(name),
  )
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
}

function emojiChat(english: string, random: (below: number) => number): string {
  const words = english.split(/\s+/).filter((word) => /^[a-z]{2,9}$/.test(word))
  const emoji = [
    '😂',
    '❤️',
    '👍🏽',
    '🙏',
    '🎉',
    '🔥',
    '😭',
    '🥺',
    '👨‍👩‍👧',
    '🤷🏻‍♀️',
    '✨',
    '😅',
    '🇯🇵',
    '💀',
    '☕️',
    '👀',
    '🚀',
  ]
  let text = ''
  while (text.length < 1_000_000) {
    for (let left = 2 + random(9); left > 0; left--)
      text += `${words[random(words.length)]}${random(7) === 0 ? '!!' : ''} `
    for (let left = random(4); left > 0; left--) text += emoji[random(emoji.length)]
    text += '\n'
  }
  return text
}

function logs(random: (below: number) => number): string {
  const levels = ['INFO ', 'WARN ', 'ERROR', 'DEBUG']
  const hex = (length: number) => Array.from({ length }, () => random(16).toString(16)).join('')
  const lines: string[] = []
  for (let i = 0; i < 9_000; i++) {
    const time = new Date(1_760_000_000_000 + i * 1_137 + random(900)).toISOString()
    lines.push(
      `${time} [${levels[random(4)]}]    worker-${random(16)}  req=${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}\tGET /api/v${1 + random(3)}/items/${random(1_000_000)}?page=${random(50)} ${200 + random(4) * 100} ${random(3000)}ms`,
    )
  }
  return lines.join('\n')
}

/** 20,000 beginnings of random lines of all corpora, mostly English. */
function shortPrompts(texts: Readonly<Record<string, string[]>>, random: (below: number) => number): string[] {
  const names = [
    'english',
    'english',
    'english',
    'code',
    'json',
    ...Object.keys(helpLanguages),
    ...Object.keys(messageLanguages),
    'emoji_chat',
    'logs',
  ]
  return Array.from({ length: 20_000 }, () => {
    const strings = texts[names[random(names.length)] as string] as string[]
    const text = strings[random(strings.length)] as string
    const start = random(Math.max(1, text.length - 100))
    return text.slice(start, start + 100 + random(900))
  })
}

/** Cuts a text into strings at line breaks. */
function pieces(text: string): string[] {
  const strings: string[] = []
  for (let start = 0; start < text.length; ) {
    const limit = start + STRING_UNITS
    const lineEnd = limit >= text.length ? text.length : text.lastIndexOf('\n', limit) + 1
    const end = lineEnd > start ? lineEnd : limit
    strings.push(text.slice(start, end))
    start = end
  }
  return strings
}
