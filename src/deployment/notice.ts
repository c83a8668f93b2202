/** Remarks on results of the deployment layer. */

/** Documented codes of what a result took for granted. */
export type DeploymentAssumption =
  | 'default-lengths'
  | 'native-format'
  | 'fewest-gpus'
  | 'even-experts'
  | 'no-speculation'
  | 'no-allowance'
  | 'every-window'

/** Documented codes of what a reader of a result should look at. */
export type DeploymentWarning =
  | 'does-not-fit'
  | 'tight-memory'
  | 'requests-wait'
  | 'beyond-context'
  | 'uneven-split'
  | 'format-emulated'
  | 'other-gpu'
  | 'dense-adapters'
  | 'stale-row'

/** One remark: `code` is stable, `message` is for people. */
export interface DeploymentNotice<Code extends string = DeploymentAssumption | DeploymentWarning> {
  readonly code: Code
  readonly message: string
}

/** A frozen remark. */
export function notice<Code extends DeploymentAssumption | DeploymentWarning>(
  code: Code,
  message: string,
): DeploymentNotice<Code> {
  return Object.freeze({ code, message })
}
