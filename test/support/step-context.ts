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
export function deployContext(
  { sha, number: pull, title }: { sha: string; number: number; title: string },
  run: number,
): StepContext {
  return stepContext(`run_${run}`, {
    kind: 'deploy-approved',
    repository: '/o',
    ref: sha,
    base: null,
    checks: [],
    taskId: 't',
    publish: true,
    deploy: { repository, environment: 'production', pull, title },
  })
}
