/** Linear fit by least absolute deviations: a few calls that went another way, with hidden prompts or renamed models, do not move it. */

export interface LinearProblem {
  /** One row of features for each observation. */
  readonly rows: readonly (readonly number[])[]
  readonly targets: readonly number[]
  /** How much each observation counts. */
  readonly weights: readonly number[]
  /** Where each unknown starts, and what it keeps to where the observations say little. */
  readonly priors: readonly number[]
  /** How strongly it keeps to that: the weight of the prior as an observation of the unknown itself. */
  readonly priorWeights: readonly number[]
}

/**
 * Coordinate descent: each unknown in turn becomes the weighted median of what the observations ask it to be. Besides single
 * unknowns, pairs that often occur together are moved against each other, since single moves can get stuck at an edge of the
 * absolute loss.
 */
export function leastAbsolute(problem: LinearProblem, rounds = 200): number[] {
  const { rows, targets, priors } = problem
  const solution = [...priors]
  const residuals = rows.map((row, at) => targets[at]! - dot(row, solution))
  const directions = directionsOf(rows, priors.length)
  for (let round = 0; round < rounds; round += 1) {
    let moved = 0
    for (const direction of directions) moved += moveAlong(direction, problem, solution, residuals)
    if (moved < 1e-9) break
  }
  return solution
}

/**
 * Whole numbers that meet the most observations exactly; among equals those that miss by the least. Right where the rule is known
 * to be exact and some bills hold other things besides.
 */
export function mostExact(problem: LinearProblem, start: readonly number[], rounds = 20): number[] {
  const { rows, targets } = problem
  const solution = start.map(Math.round)
  const directions = directionsOf(rows, solution.length).filter((direction) =>
    direction.every(([, factor]) => Number.isInteger(factor)),
  )
  const residuals = rows.map((row, at) => targets[at]! - dot(row, solution))
  let best = gainOf(residuals, problem.weights)
  for (let round = 0; round < rounds; round += 1) {
    let improved = false
    for (const direction of directions) {
      const slopes = rows.map((row) => direction.reduce((sum, [at, factor]) => sum + row[at]! * factor, 0))
      const steps = new Set(slopes.flatMap((slope, at) => (slope === 0 ? [] : [Math.round(residuals[at]! / slope)])))
      for (const step of steps) {
        if (step === 0 || direction.some(([at, factor]) => solution[at]! + step * factor < 0)) continue
        const gain = gainOf(
          residuals.map((residual, at) => residual - slopes[at]! * step),
          problem.weights,
        )
        if (gain <= best + 1e-9) continue
        best = gain
        improved = true
        for (const [at, factor] of direction) solution[at]! += step * factor
        slopes.forEach((slope, at) => {
          residuals[at]! -= slope * step
        })
        break
      }
    }
    if (!improved) break
  }
  return solution
}

/** Observations that are met, less a little for what the others miss by. */
function gainOf(residuals: readonly number[], weights: readonly number[]): number {
  return residuals.reduce((sum, residual, at) => {
    const share = Math.min(1, Math.abs(residual) * weights[at]!)
    return sum + (Math.abs(residual) < 0.5 ? 1 : 0) - 0.1 * share
  }, 0)
}

type Direction = readonly (readonly [unknown: number, factor: number])[]

/** Each unknown alone, and each pair one for one and in the proportion in which their features occur. */
function directionsOf(rows: LinearProblem['rows'], size: number): Direction[] {
  const means = Array.from({ length: size }, (_, at) => rows.reduce((sum, row) => sum + Math.abs(row[at]!), 0))
  const directions: Direction[] = means.flatMap((mean, at) => (mean > 0 ? [[[at, 1]] as Direction] : []))
  for (let first = 0; first < size; first += 1)
    for (let second = first + 1; second < size; second += 1) {
      if (means[first] === 0 || means[second] === 0) continue
      for (const step of new Set([1, means[first]! / means[second]!]))
        directions.push([
          [first, 1],
          [second, -step],
        ])
    }
  return directions
}

function moveAlong(direction: Direction, problem: LinearProblem, solution: number[], residuals: number[]): number {
  const steps: number[] = []
  const weights: number[] = []
  const slopes = problem.rows.map((row) => direction.reduce((sum, [at, factor]) => sum + row[at]! * factor, 0))
  slopes.forEach((slope, at) => {
    if (slope === 0) return
    steps.push(residuals[at]! / slope)
    weights.push(problem.weights[at]! * Math.abs(slope))
  })
  for (const [at, factor] of direction) {
    steps.push((problem.priors[at]! - solution[at]!) / factor)
    weights.push(problem.priorWeights[at]! * Math.abs(factor))
  }
  const step = withinPositive(weightedMedian(steps, weights), direction, solution)
  for (const [at, factor] of direction) solution[at]! += step * factor
  slopes.forEach((slope, at) => {
    residuals[at]! -= slope * step
  })
  return Math.abs(step)
}

/** The largest part of a step that leaves every unknown at or above zero: no mark costs less than nothing. */
function withinPositive(step: number, direction: Direction, solution: readonly number[]): number {
  let allowed = step
  for (const [at, factor] of direction)
    if (solution[at]! + allowed * factor < 0) allowed = -Math.max(0, solution[at]!) / factor
  return allowed
}

function weightedMedian(values: readonly number[], weights: readonly number[]): number {
  return weightedQuantile(values, weights, 0.5)
}

/** The smallest value that at least this share of the weight does not exceed. */
export function weightedQuantile(values: readonly number[], weights: readonly number[], share: number): number {
  const order = values.map((_, at) => at).sort((a, b) => values[a]! - values[b]! || a - b)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let below = 0
  for (const at of order) {
    below += weights[at]!
    if (below >= share * total - 1e-12) return values[at]!
  }
  return values[order.at(-1) ?? -1] ?? Number.NaN
}

function dot(row: readonly number[], solution: readonly number[]): number {
  return row.reduce((sum, value, at) => sum + value * solution[at]!, 0)
}
