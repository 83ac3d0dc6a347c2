/** Something in a workflow that cannot work, found before anything ran. `path` leads from the top of the file to it. */
export interface WorkflowProblem {
  readonly path: readonly (string | number)[]
  /** One sentence without its full stop; the reader sees file, line and column before it. */
  readonly problem: string
  /** What to do about it, a whole sentence. */
  readonly remedy: string
}
