/** One thing that was decided, and what today's rules decide from the same facts. */
export interface Replayed {
  readonly run: string
  readonly what:
    | 'approval'
    | 'opening'
    | 'auto-approval'
    | 'safety'
    | 'verdict'
    | 'end'
    | 'ci-trouble'
  /** What it was about: an environment, a check, or the title of a repair. */
  readonly of: string
  readonly before: string
  /** Null: what it was decided from is not on record. */
  readonly today: string | null
}
