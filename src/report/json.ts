/** JSON for programs, which may still end up on a terminal. */

/** Indented JSON; control, bidi and invisible characters are written as `\uXXXX`, which reads back as the same value. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(
    /[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|\udb40[\udc00-\udfff]/g,
    (found) => Array.from({ length: found.length }, (_, i) => escapedUnit(found.charCodeAt(i))).join(''),
  )
  return `${text}\n`
}

function escapedUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}
