import { z } from 'zod'

import { json, type Outcome } from '#domain/outcome.ts'
import { weighedType } from '#domain/rollback.ts'
import { rollbackLine } from '#messages/rollback.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { deployOf } from './deploy-run.ts'
import { type ChangeReader, weighed } from './weigh-change.ts'

interface Ports {
  readonly repositories: ChangeReader
  readonly store: Pick<RunStore, 'append'>
}

const input = z.strictObject({})

/** Puts on record what a deploy changes, and whether it could be taken back. Holds nothing up. */
export function weighRollback(ports: Ports): StepKind<z.infer<typeof input>> {
  return {
    name: 'weigh-rollback',
    input,
    outputs: [],
    sideEffect: 'none',
    run: (_input, context) => weigh(ports, context),
  }
}

async function weigh(ports: Ports, context: StepContext): Promise<Outcome> {
  const { sha } = deployOf(context)
  const origin = context.event.repository
  const found = await weighed(ports.repositories, { origin, sha, isMerged: true })
  if (found === null) return { kind: 'failed', reason: 'no-commit', detail: sha }
  const { runId } = context
  await ports.store.append({
    runId,
    key: 'facts/deploy-weighed',
    type: weighedType,
    data: json.parse(found),
  })
  context.note(rollbackLine(found.rollback))
  return { kind: 'done', outputs: {} }
}
