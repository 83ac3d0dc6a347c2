import type { HubEvent } from '#domain/hub-event.ts'
import { incidentChangedType } from '#domain/incident.ts'
import { incidentNote, notedNote } from '#messages/hosted-notes.ts'
import type { RunStore } from '#ports/run-store.ts'

/** Whoever closes the issue of an incident says that it is over. GitHub lets only who has the role triage or more, and us. */
export async function onIncidentChanged(
  store: Pick<RunStore, 'run' | 'append'>,
  event: Extract<HubEvent, { kind: 'incident-changed' }>,
): Promise<string> {
  const { runId, closedAt, at, number, sender, repository, deliveryId } = event
  if ((await store.run(runId)) === null) return notedNote
  const data = { repository: repository.id, number, closedAt, at, by: sender.login }
  await store.append({
    runId,
    key: `facts/incident ${deliveryId}`,
    type: incidentChangedType,
    data,
  })
  return incidentNote(runId, closedAt !== null)
}
