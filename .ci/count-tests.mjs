/** Prints `passed failed` of a vitest JSON report; a file that failed to load counts as one failure. */
import { readFileSync } from 'node:fs'

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const brokenFiles = report.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
)
const skipped = report.testResults.flatMap((file) =>
  file.assertionResults.filter((test) => test.status !== 'passed' && test.status !== 'failed'),
)
for (const test of skipped) console.error(`not run: ${test.fullName} (${test.status})`)
console.log(report.numPassedTests, report.numFailedTests + brokenFiles.length)
