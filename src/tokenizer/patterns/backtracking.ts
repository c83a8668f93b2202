import type { PatternNode } from './syntax.ts'

/**
 * Whether a backtracking engine matches a pattern without exponential time: it repeats nothing but single characters, so that no text can be
 * parted among repeats within repeats.
 */
export function backtracksLittle(node: PatternNode): boolean {
  switch (node.type) {
    case 'set':
    case 'look':
      return true
    case 'sequence':
      return node.items.every(backtracksLittle)
    case 'choice':
      return node.options.every(backtracksLittle)
    case 'repeat':
      return node.item.type === 'set' || (node.max <= 1 && backtracksLittle(node.item))
  }
}
