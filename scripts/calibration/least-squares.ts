/** Non-negative least squares by coordinate descent: small, deterministic, good enough for some fifty unknowns. */
export function nonNegativeLeastSquares(
  rows: readonly Float64Array[],
  targets: readonly number[],
  options: { readonly ridge?: number; readonly prior?: readonly number[]; readonly rounds?: number } = {},
): Float64Array {
  const size = rows[0]!.length
  const { ridge = 1e-6, rounds = 3000 } = options
  const gram = Array.from({ length: size }, () => new Float64Array(size))
  const right = new Float64Array(size)
  rows.forEach((row, index) => {
    for (let i = 0; i < size; i += 1) {
      if (row[i] === 0) continue
      right[i]! += row[i]! * targets[index]!
      for (let j = 0; j < size; j += 1) gram[i]![j]! += row[i]! * row[j]!
    }
  })
  const solution = new Float64Array(size)
  for (let i = 0; i < size; i += 1) {
    gram[i]![i]! += ridge
    right[i]! += ridge * (options.prior?.[i] ?? 0)
    solution[i] = options.prior?.[i] ?? 0
  }
  for (let round = 0; round < rounds; round += 1)
    for (let i = 0; i < size; i += 1) {
      let rest = right[i]!
      for (let j = 0; j < size; j += 1) if (j !== i) rest -= gram[i]![j]! * solution[j]!
      solution[i] = Math.max(0, rest / gram[i]![i]!)
    }
  return solution
}
