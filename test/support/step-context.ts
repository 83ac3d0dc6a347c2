import type { Event } from '#domain/event.ts'
import type { StepContext } from '#ports/step.ts'

import { repository } from './gated-change.ts'

/** A step of this run, asked for the first time. */
export function stepContext(runId: string, event: Event): StepContext {
  return {
    runId,
    phase: 'p',
    step: 's',
    attempt: 1,
    event,
    startedAt: new Date(0),
    signal: new AbortController().signal,
    note: () => undefined,
  }
}

/** A step of a deploy of this change to production. */
export function deployContext(change: Deployed, run: number): StepContext {
  return stepContext(`run_${run}`, deployEvent(change))
}

interface Deployed {
  readonly sha: string
  readonly number: number
  readonly title: string
}

/** People let this change through to production. */
export function deployEvent({ sha, number: pull, title }: Deployed): Event {
  return {
    kind: 'deploy-approved',
    repository: '/o',
    ref: sha,
    base: null,
    checks: [],
    taskId: 'task-1',
    publish: true,
    deploy: { repository, environment: 'production', pull, title },
  }
}
