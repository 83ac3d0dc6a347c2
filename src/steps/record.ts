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
