/** How much text a model is trained on. */
import { wholeNumber } from './check.ts'

const MOST_TOKENS = 1e15
const MOST_EPOCHS = 1000

export interface TrainingSet {
  /** Tokens of the training set, from 1 to 10^15. */
  readonly tokens: number
  /** Passes over it, from 1 to 1,000. Default 1. */
  readonly epochs?: number
}

/** The set with its default put in. @throws InvalidDeploymentError */
export function trainingSet({ tokens, epochs }: TrainingSet): Required<TrainingSet> {
  return {
    tokens: wholeNumber('tokens', tokens, 1, MOST_TOKENS),
    epochs: wholeNumber('epochs', epochs ?? 1, 1, MOST_EPOCHS),
  }
}
