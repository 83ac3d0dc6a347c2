import { z } from 'zod'

import type { CiReport, CiTrouble } from '#domain/ci.ts'
import type { FailureReason, Outcome } from '#domain/outcome.ts'
import { ciNote, troubleDetail } from '#messages/ci-notes.ts'
import { troubleOf } from '#policy/ci-trouble.ts'
import type { Ci } from '#ports/hosting.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { hostedOf } from './hosted-run.ts'
import { type FactStore, record } from './record.ts'

interface Ports {
  readonly ci: Ci
  readonly store: FactStore
}

const input = z.strictObject({})

/** Asks what CI says of the red checks. Where all of it is about machines, the run ends: no code is changed for that. */
export function hearCi(ports: Ports): StepKind<z.infer<typeof input>> {
  return {
    name: 'hear-ci',
    input,
    outputs: ['reports', 'unread', 'unfinished'],
    sideEffect: 'none',
    run: (_input, context) => hear(ports, context),
  }
}

async function hear({ ci, store }: Ports, context: StepContext): Promise<Outcome> {
  const { repository, headSha } = hostedOf(context)
  // A later round is about the commit that we proposed.
  const { failed, unread, unfinished } = await ci.state(repository, context.event.ref ?? headSha)
  const heard = failed.map((report) => ({ report, trouble: troubleOf(report) }))
  for (const { report, trouble } of heard) {
    context.note(ciNote(report, trouble))
    const key = { runId: context.runId, key: report.check }
    await record(store, key, { kind: 'ci-report', report, trouble })
  }
  const troubles = heard.flatMap(({ report, trouble }) =>
    trouble === null ? [] : [{ report, trouble }],
  )
  const isAll = troubles.length === heard.length && unread.length === 0 && unfinished.length === 0
  const [first] = troubles
  if (isAll && first !== undefined) return notOurs(first.trouble, troubles)
  return {
    kind: 'done',
    outputs: { reports: [...failed], unread: [...unread], unfinished: [...unfinished] },
  }
}

function notOurs(
  first: CiTrouble,
  all: readonly { readonly report: CiReport; readonly trouble: CiTrouble }[],
): Outcome {
  const isOne = all.every(({ trouble }) => reasons[trouble] === reasons[first])
  return {
    kind: 'failed',
    reason: isOne ? reasons[first] : 'ci-machine',
    detail: troubleDetail(all),
  }
}

const reasons: Record<CiTrouble, FailureReason> = {
  cancelled: 'ci-cancelled',
  'timed-out': 'ci-timed-out',
  'runner-lost': 'ci-machine',
  'not-started': 'ci-machine',
  'no-space': 'ci-machine',
  'rate-limited': 'ci-machine',
  network: 'ci-machine',
}
