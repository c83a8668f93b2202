import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateTokens } from '../../src/heuristic.ts'
import { oracleEncoding } from './oracle-encodings.ts'

/** Texts written for this test; none of them was fitted on. */
const samples: Readonly<Record<string, string>> = {
  English:
    'The ferry leaves at seven, but only if the wind has turned by then. Bring a coat, some bread, and the letter you promised to return to my sister.',
  German:
    'Die Fähre legt um sieben Uhr ab, allerdings nur, wenn sich der Wind bis dahin gedreht hat. Bitte nimm einen Mantel und etwas Brot mit.',
  French:
    "Le bateau part à sept heures, mais seulement si le vent a tourné d'ici là. Prends un manteau, du pain et la lettre promise à ma sœur.",
  Spanish:
    'El barco sale a las siete, pero solo si el viento ha cambiado para entonces. Trae un abrigo y un poco de pan.',
  Russian:
    'Паром отходит в семь, но только если к тому времени переменится ветер. Возьми пальто, хлеб и обещанное письмо.',
  Greek: 'Το πλοίο φεύγει στις επτά, αλλά μόνο αν έχει αλλάξει ο άνεμος ως τότε. Φέρε ένα παλτό και λίγο ψωμί.',
  Arabic: 'تغادر العبارة في الساعة السابعة، ولكن فقط إذا تغير اتجاه الريح حتى ذلك الحين. أحضر معطفًا وبعض الخبز.',
  Hebrew: 'המעבורת יוצאת בשבע, אבל רק אם הרוח תשתנה עד אז. קחו מעיל, קצת לחם ואת המכתב שהבטחתם.',
  Hindi: 'नाव सात बजे चलती है, लेकिन तभी जब हवा का रुख बदल जाए। एक कोट और थोड़ी रोटी साथ लाना।',
  Thai: 'เรือข้ามฟากจะออกตอนเจ็ดโมง แต่เฉพาะเมื่อลมเปลี่ยนทิศแล้วเท่านั้น เอาเสื้อคลุมและขนมปังมาด้วย',
  Chinese: '渡轮七点出发，但只有在风向改变之后才会开。请带上外套、一些面包，还有你答应还给我妹妹的那封信。',
  Japanese: 'フェリーは七時に出ますが、それまでに風向きが変わった場合だけです。コートとパンを持ってきてください。',
  Korean: '배는 일곱 시에 떠나지만 그때까지 바람의 방향이 바뀌어야만 출발합니다. 외투와 빵을 챙겨 오세요.',
  code: 'export function clamp(value: number, low: number, high: number): number {\n  return Math.min(high, Math.max(low, value))\n}\n',
  JSON: '{"id":48213,"status":"shipped","items":[{"sku":"AX-99","qty":2,"price":19.95}],"paid":true,"note":null}',
  base64:
    'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==',
  numbers: '18.25,7731.5,90210,44.001,3.14159,2718281,1414.2,57721,16180.33,6931471',
}

describe('the heuristic by character class', () => {
  const oracle = oracleEncoding('o200k_base')

  it('bounds the count of o200k_base for texts of many scripts and kinds', () => {
    const outside = Object.entries(samples).filter(([, text]) => {
      const { low, high } = estimateTokens(text)
      const count = oracle.count(text)
      return count < low || count > high
    })
    expect(outside.map(([name]) => name)).toEqual([])
  })

  it('is far closer than four characters per token', () => {
    const errorOf = (estimate: (text: string) => number): number => {
      const errors = Object.values(samples).map((text) => Math.abs(estimate(text) / oracle.count(text) - 1))
      return errors.reduce((sum, error) => sum + error, 0) / errors.length
    }
    const byClass = errorOf((text) => estimateTokens(text).tokens)
    expect(byClass).toBeLessThan(0.16)
    expect(errorOf((text) => estimateTokens(text, 'four-characters').tokens)).toBeGreaterThan(2 * byClass)
  })

  it('has the rules of thumb as named methods', () => {
    expect(estimateTokens('twelve chars', 'four-characters')).toMatchObject({ tokens: 3, method: 'four-characters' })
    expect(estimateTokens('one two three', 'three-quarter-words')).toMatchObject({ tokens: 4 })
    // biome-ignore lint/suspicious/noExplicitAny: a wrong call from JavaScript
    expect(() => estimateTokens('x', '__proto__' as any)).toThrow(RangeError)
    // biome-ignore lint/suspicious/noExplicitAny: a wrong call from JavaScript
    expect(() => estimateTokens(5 as any)).toThrow(TypeError)
  })

  it('gives ordered whole numbers for any text, lone surrogates among them', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
        (text) => {
          for (const method of ['character-class', 'four-characters', 'three-quarter-words'] as const) {
            const { tokens, low, high } = estimateTokens(text, method)
            expect([tokens, low, high].every(Number.isSafeInteger)).toBe(true)
            expect(low).toBeLessThanOrEqual(tokens)
            expect(tokens).toBeLessThanOrEqual(high)
            expect(tokens > 0).toBe(text !== '')
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('takes time in proportion to the length', () => {
    const timeOf = (text: string): number => {
      const start = process.cpuUsage()
      estimateTokens(text)
      return process.cpuUsage(start).user
    }
    for (const unit of ['a', ' ', '的', '😀', 'aB3', '\n']) {
      const short = unit.repeat(400_000)
      const long = unit.repeat(1_600_000)
      timeOf(short)
      const ratio =
        Math.min(...[0, 1, 2].map(() => timeOf(long))) / Math.max(1000, Math.min(...[0, 1, 2].map(() => timeOf(short))))
      expect(ratio).toBeLessThan(12)
    }
  })
})
