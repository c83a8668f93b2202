/** Errors of the deployment layer. */
import { describe, quote, TokenfareError } from '../errors.ts'

/** An input that no deployment can have: no GPUs, a negative price, an unknown number format. */
export class InvalidDeploymentError extends TokenfareError {
  override name = 'InvalidDeploymentError'
  /** The option at fault, for example `count`. */
  readonly field: string
  readonly value: unknown

  constructor(field: string, value: unknown, expected: string) {
    super('invalid-deployment', `${field} must be ${expected}, got ${describe(value)}`)
    this.field = field
    this.value = value
  }
}

/** What the data has rows of. */
export type NameKind = 'gpu' | 'model' | 'rental' | 'rental seller' | 'plan' | 'training rate'

/** A GPU, open model, rental, seller, plan or training rate that the data does not have. */
export class UnknownNameError extends TokenfareError {
  override name = 'UnknownNameError'
  readonly kind: NameKind
  /** The name as it was asked for. */
  readonly asked: string
  /** Known names that resemble it, best first. */
  readonly suggestions: readonly string[]

  constructor(kind: NameKind, asked: string, suggestions: readonly string[]) {
    const hint = suggestions.length > 0 ? `; did you mean ${suggestions.join(', ')}?` : ''
    super('unknown-name', `unknown ${kind} ${quote(asked)}${hint}`)
    this.kind = kind
    this.asked = asked
    this.suggestions = suggestions
  }
}
