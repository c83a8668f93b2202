// Says what the range of a call is made of, and refuses a batch that could get too dear.
import { assertMaxCost, createEstimator, explain, volumeCost } from 'tokenfare'
import o200k from 'tokenfare/encodings/o200k_base'

const estimator = createEstimator({ encodings: [o200k] })
const request = { model: 'gpt-4o', max_tokens: 400, messages: [{ role: 'user', content: 'Why is the sky blue?' }] }
const estimate = estimator.estimateCost(request, { at: '2026-10-01', output: { task: 'chat' } })

console.log(`${estimate.cost.low.exact} to ${estimate.cost.high.exact}, expected ${estimate.cost.expected.exact}`)
for (const { code, low, high } of explain(estimate).parts) console.log(`${code}: ${low.exact}, +${high.exact}`)
console.log(`a month: ${volumeCost(estimate, { callsPerDay: 1000 }).month.expected.exact}`)
try {
  assertMaxCost(estimate, '0.001')
} catch (error) {
  console.log(error.code)
}
