// Replies of one's own say more than any prior: learns their lengths and bounds the next one.
import { createEstimator, createOutputModel } from 'tokenfare'
import o200k from 'tokenfare/encodings/o200k_base'

const replies = createOutputModel()
const key = { application: 'shop', template: 'answer', model: 'gpt-4o' }
for (let call = 0; call < 60; call++) replies.learn(key, { inputTokens: 800, outputTokens: 80 + ((call * 37) % 50) })

const learned = createOutputModel({ state: JSON.parse(JSON.stringify(replies)) }).predict(key)
console.log(`${learned.samples} replies, half within ${learned.p50} tokens, the next within ${learned.bound} (90 %)`)

const { output } = createEstimator({ encodings: [o200k] }).estimateCost('Where is my parcel?', {
  model: 'gpt-4o',
  output: { learned },
})
console.log(`expected ${output.expected}, at most ${output.high}`)
