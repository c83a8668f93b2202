/** Streams of reply lengths that drift in different ways, from a seed. */

/** Mulberry32: small, seeded, good enough for simulations. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** The length of reply `index` of `count`, given randomness. */
type Workload = (index: number, count: number, random: () => number) => number

const logNormal = (median: number, deviation: number, random: () => number): number =>
  Math.max(1, Math.round(median * Math.exp(deviation * normal(random))))

export const workloads: Readonly<Record<string, Workload>> = {
  steady: (_, __, random) => logNormal(200, 0.8, random),
  'grows sixfold': (index, count, random) => logNormal(100 * 6 ** (index / count), 0.6, random),
  'shrinks to a tenth': (index, count, random) => logNormal(1000 * 0.1 ** (index / count), 0.6, random),
  'jumps fourfold, and back': (index, count, random) =>
    logNormal(index > count / 3 && index < (2 * count) / 3 ? 800 : 200, 0.7, random),
  'day and night': (index, _, random) => logNormal(200 * Math.exp(0.7 * Math.sin(index / 40)), 0.6, random),
  'two kinds of work': (index, count, random) =>
    random() < 0.2 + (0.6 * index) / count ? logNormal(1500, 0.3, random) : logNormal(20, 0.5, random),
  'spreads out': (index, count, random) => logNormal(200, 0.3 + (1.2 * index) / count, random),
  'cut at a limit': (index, count, random) => Math.min(400, logNormal(150 + (250 * index) / count, 0.9, random)),
}
