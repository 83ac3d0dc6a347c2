import type { Event } from '#domain/event.ts'
import type { Workflow } from '#domain/workflow.ts'

/** The workflows that an event starts, in the order they were read. */
export function workflowsFor(
  event: Pick<Event, 'kind'>,
  workflows: readonly Workflow[],
): readonly Workflow[] {
  return workflows.filter(({ on }) => on.includes(event.kind))
}
