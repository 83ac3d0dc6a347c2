/** Lines of a file as it is at the head, counted from 1, both ends included. */
export interface Lines {
  readonly path: string
  readonly from: number
  readonly to: number
}

/** What is to stand there instead of these lines; an empty list deletes them. */
export interface Suggestion extends Lines {
  readonly text: readonly string[]
}
