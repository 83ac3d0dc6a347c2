import { z } from 'zod'

import { check } from '#domain/check.ts'
import { ciClaim } from '#domain/ci.ts'
import { evidence } from '#domain/evidence.ts'
import { failure, setAside } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { comparisonLine, notReproducedDetail } from '#messages/ci-words.ts'
import { compareWithCi, type Seen } from '#policy/ci-comparison.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { type FactStore, record } from './record.ts'

interface Ports {
  readonly store: FactStore
}

const input = z.strictObject({
  claims: z.array(ciClaim),
  failures: z.array(failure),
  setAside: z.array(setAside),
  greens: z.array(z.strictObject({ check, evidence })),
})
type Input = z.infer<typeof input>

/** Holds what CI says against what was seen here. What is red there alone is told, with CI's own words, and left alone. */
export function holdAgainstCi(ports: Ports): StepKind<Input> {
  return {
    name: 'hold-against-ci',
    input,
    outputs: [],
    sideEffect: 'none',
    run: (input, context) => hold(ports, input, context),
  }
}

async function hold({ store }: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { claims, failures, setAside } = input
  const seen = seenIn(input)
  const real = claims.filter(({ trouble }) => trouble === null)
  const compared = real.map((claim) => compareWithCi(claim, seen))
  for (const comparison of compared) {
    context.note(comparisonLine(comparison))
    const key = { runId: context.runId, key: comparison.check }
    await record(store, key, { kind: 'ci-comparison', comparison })
  }
  const isRed = failures.length > 0 || setAside.length > 0
  if (isRed || compared.length === 0) return { kind: 'done', outputs: {} }
  return { kind: 'failed', reason: 'not-reproducible', detail: notReproducedDetail(compared) }
}

function seenIn({ failures, setAside, greens }: Input): readonly Seen[] {
  return [
    ...failures.map(({ check, evidence }) => ({ check: check.name, evidence })),
    ...setAside.flatMap(({ check, evidence }) => (evidence === null ? [] : [{ check, evidence }])),
    ...greens.map(({ check, evidence }) => ({ check: check.name, evidence })),
  ]
}
