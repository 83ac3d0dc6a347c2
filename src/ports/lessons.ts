import type { Lesson, Tally } from '#domain/lesson.ts'

/** Which climb it was learned in; asked twice, it is learned once. */
interface Schooling {
  /** What the user named: a path or a URL without credentials. */
  readonly repository: string
  readonly taskId: string
  readonly runId: string
  readonly check: string
}

/** Outcomes of strategies for each kind of failure, repository by repository: none teaches another one. */
export interface Lessons {
  /** What was learned since then about these kinds. */
  known(repository: string, kinds: readonly string[], since: Date): Promise<readonly Tally[]>
  learn(of: Schooling, lessons: readonly Lesson[]): Promise<void>
}
