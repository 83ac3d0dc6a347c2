import type { Standing } from '#domain/gate.ts'
import type { WaitAnswer } from '#domain/protection.ts'

interface Asked {
  /** Null: the environment has no gate. */
  readonly standing: Standing | null
  /** What would be deployed by the gate now, and what the job would deploy. */
  readonly gated: string
  readonly wanted: string
  /** What is to become of an environment without a gate. */
  readonly ungated: 'wait' | 'approve'
  readonly now: Date
}

/** What a waiting job is told. Whatever is not a yes of people for this very commit is none (I1). */
export function answerTo({ standing, gated, wanted, ungated, now }: Asked): WaitAnswer {
  if (standing === null)
    return ungated === 'approve'
      ? { state: 'approved', since: now, by: [] }
      : { state: 'waits', because: 'ungated' }
  if (gated !== wanted) return { state: 'rejected', because: 'superseded' }
  switch (standing.kind) {
    case 'approved':
      return { state: 'approved', since: standing.since, by: standing.by.map(({ login }) => login) }
    case 'pending':
      return { state: 'waits', because: 'needs-approval' }
    case 'blocked':
      return standing.because === 'switched-off'
        ? { state: 'rejected', because: 'switched-off' }
        : { state: 'waits', because: standing.because }
    case 'rejected':
    case 'tampered':
      return { state: 'rejected', because: standing.kind }
    default:
      return standing satisfies never
  }
}
