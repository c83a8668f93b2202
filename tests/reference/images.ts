/** Image rules step by step as the providers' guides word them: slow, and without the code's short cuts. */

/** OpenAI's tiles: fit into 2048 × 2048, bring the short side down, count squares of 512. */
export function tiles(width: number, height: number, shortSide: number): number {
  let [w, h] = [width, height]
  while (Math.max(w, h) > 2048) [w, h] = [(w * 2048) / Math.max(w, h), (h * 2048) / Math.max(w, h)]
  if (Math.min(w, h) > shortSide) [w, h] = [(w * shortSide) / Math.min(w, h), (h * shortSide) / Math.min(w, h)]
  let count = 0
  for (let x = 0; x === 0 || x < Math.floor(w + 1e-6); x += 512)
    for (let y = 0; y === 0 || y < Math.floor(h + 1e-6); y += 512) count += 1
  return count
}

/** OpenAI's patches: fit into the side, count squares of 32, shrink to the budget so that whole patches remain, count again. */
export function patches(width: number, height: number, maxSide: number, budget = Number.POSITIVE_INFINITY): number {
  const cells = (w: number, h: number): number => Math.ceil(Math.max(w, 1) / 32) * Math.ceil(Math.max(h, 1) / 32)
  const long = Math.max(width, height)
  const [w, h] = [width, height].map((side) => (long > maxSide ? Math.round((side * maxSide) / long) : side)) as [
    number,
    number,
  ]
  const [wide, high] = [Math.max(w, 1), Math.max(h, 1)]
  if (cells(wide, high) <= budget) return cells(wide, high)
  const shrink = Math.sqrt((32 ** 2 * budget) / (wide * high))
  const [across, down] = [(wide * shrink) / 32, (high * shrink) / 32]
  const scale = shrink * Math.min(Math.floor(across) / across, Math.floor(down) / down)
  return cells(Math.floor(wide * scale + 1e-7), Math.floor(high * scale + 1e-7))
}

/** Claude: the longest side, tried one pixel after the other, with which the picture fits both limits. */
export function claude(width: number, height: number, maxSide: number, maxTokens: number): number {
  const cells = (side: number): number => Math.ceil(side / 28)
  const fits = (long: number, short: number): boolean =>
    cells(long) * 28 <= maxSide && cells(short) * 28 <= maxSide && cells(long) * cells(short) <= maxTokens
  const [long, short] = width > height ? [width, height] : [height, width]
  if (fits(long, short)) return cells(long) * cells(short)
  let side = long - 1
  while (!fits(side, Math.max(Math.round(side / (long / short)), 1))) side -= 1
  return cells(side) * cells(Math.max(Math.round(side / (long / short)), 1))
}
