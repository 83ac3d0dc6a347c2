import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { FixFact } from '#domain/fix-fact.ts'
import { json } from '#domain/outcome.ts'
import type { RunStore } from '#ports/run-store.ts'

export type FactStore = Pick<RunStore, 'append'>

/** Puts a fact on record once: a step that runs twice records it once. `key` is unique within the run and kind. */
export async function record(
  store: FactStore,
  { runId, key }: { runId: string; key: string },
  fact: FixFact,
): Promise<void> {
  await store.append({
    runId,
    key: `fix/${fact.kind}/${key}`,
    type: `fix-${fact.kind}`,
    data: json.parse(fact),
  })
}

/** Where a further run of a check on the head is on record, counted from 1. */
export function rerunKey(check: string, number: number): string {
  return `rerun/${number}/${check}`
}

/** What a check said on the head. */
export async function recordCheck(
  store: Pick<RunStore, 'append' | 'saveEvidence'>,
  runId: string,
  { check, evidence }: { readonly check: Check; readonly evidence: Evidence },
): Promise<void> {
  const { name, command, origin } = check
  await store.saveEvidence(runId, `head/${name}`, evidence)
  await record(store, { runId, key: name }, { kind: 'check', name, command, origin, evidence })
}
