import type { Culprit } from '#domain/culprit.ts'
import type { Hosted } from '#domain/hosted.ts'
import type { Change } from '#ports/changes.ts'
import type { Culprits } from '#ports/culprits.ts'
import type { StepContext } from '#ports/step.ts'

import { findingOf } from './fix-world.ts'
import { hosted, hostedContext } from './hosted-world.ts'

const redSince = new Date('2026-11-29T12:00:00Z')
export const minutesAfter = (minutes: number): Date =>
  new Date(redSince.getTime() + minutes * 60_000)

/** A commit that turned `test` red, by number. */
export function culpritOf(number: number, more: Partial<Culprit['commit']> = {}): Culprit {
  return {
    check: 'test',
    findings: [findingOf('node-test', 'sum.test.js', 'sum')],
    parent: `${number - 1}`.repeat(40),
    redRuns: 4,
    greenRuns: 4,
    commit: {
      sha: `${number}`.repeat(40),
      tree: '',
      parents: [`${number - 1}`.repeat(40)],
      subject: `feat: number ${number}`,
      body: '',
      author: 'A Person',
      at: redSince.toISOString(),
      ...more,
    },
  }
}

/** The context of a run that asks who turned `main` red. */
export function culpritContext(more: Partial<Hosted> = {}, publish = true) {
  const { context, notes } = hostedContext()
  const at = { ...hosted, branch: 'main', pullRequest: null, ...more }
  const { repository, ref, base, checks, taskId } = context.event
  const event: StepContext['event'] = {
    repository,
    ref,
    base,
    checks,
    taskId,
    publish,
    kind: 'culprit-wanted',
    shownBy: 'run_0',
    redSince: redSince.toISOString(),
    hosted: at,
  }
  return { context: { ...context, event }, notes }
}

interface Told {
  readonly before?: readonly string[]
  readonly today?: number
  readonly readiedToday?: number
}

/** The record of culprits in memory: it answers as it is told to, and keeps what was decided. */
export function memoryCulprits(of: Told = {}) {
  const decided: Record<string, string | null> = {}
  const readied: string[] = []
  const culprits: Culprits = {
    decide: async ({ sha, kept }) => {
      if (decided[sha] !== null) decided[sha] = kept
    },
    proposedBefore: ({ sha }) => Promise.resolve((of.before ?? []).includes(sha)),
    proposedSince: () => Promise.resolve(of.today ?? 0),
    readied: async ({ runId }) => void readied.push(runId),
    readiedSince: () => Promise.resolve(of.readiedToday ?? 0),
    said: () => Promise.resolve(null),
    keep: () => Promise.resolve(),
    forget: () => Promise.resolve(),
  }
  return { culprits, decided, readied }
}

/** A pull request of somebody with the role. */
export function pullOf(role: string, labels: Record<string, string> = {}): Change['pull'] {
  return {
    number: 4,
    author: { login: 'rosa', role },
    labels: Object.entries(labels).map(([name, by]) => ({ name, role: by })),
  }
}
