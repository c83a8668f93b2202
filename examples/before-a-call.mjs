// Refuses a request whose worst case is above a limit, before it is sent.
import { createEstimator } from 'tokenfare'
import o200k from 'tokenfare/encodings/o200k_base'

const estimator = createEstimator({ encodings: [o200k] })

export function withinLimit(body, maxUsd) {
  const { cost, context, complete } = estimator.estimateCost(body)
  return complete && context.fits !== false && cost.high.usd <= maxUsd
}

const body = {
  model: 'gpt-4o-mini',
  max_completion_tokens: 400,
  messages: [
    { role: 'system', content: 'Answer in one paragraph.' },
    { role: 'user', content: 'Why is the sky blue?' },
  ],
}
console.log(withinLimit(body, 0.01) ? 'send it' : 'too dear')
console.log(withinLimit({ ...body, model: 'gpt-4o', n: 20 }, 0.01) ? 'send it' : 'too dear')
