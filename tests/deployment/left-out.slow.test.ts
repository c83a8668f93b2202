import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Accuracy, measureAccuracy, summarise } from '../../scripts/deployment/accuracy.ts'
import { root } from '../../scripts/deployment/files.ts'
import { reported } from '../../scripts/deployment/report.ts'

describe('speeds of sources that the fit has not seen', () => {
  let accuracy: Accuracy
  // Each source is left out in turn, and in each turn each of the others: some 170 fits.
  beforeAll(() => {
    accuracy = measureAccuracy()
  }, 600_000)

  it('lie inside the range in 85 %, and are off by 25 % in the median', () => {
    const { rows, inside, medianError } = summarise(accuracy.leftOut)
    expect(rows).toBe(accuracy.file.measurements.length)
    expect(inside / rows).toBeGreaterThanOrEqual(0.85)
    expect(medianError).toBeLessThanOrEqual(0.25)
  })

  it('are what docs/deployment.md says', () => {
    const page = readFileSync(join(root, 'docs/deployment.md'), 'utf8')
    expect(reported(page, accuracy) === page).toBe(true)
  })
})
