import type { HubEvent } from '#domain/hub-event.ts'

type Of<Kind extends HubEvent['kind']> = Extract<HubEvent, { kind: Kind }>

/**
 * What is done with each kind of event. A handler answers with a sentence for the record of the delivery. It may be
 * called again with the same `deliveryId` when a process ended in the middle: what it does, it does once by that id.
 */
export type HubHandlers = {
  readonly [Kind in HubEvent['kind']]: (event: Of<Kind>) => Promise<string>
}

/** Hands an event to its handler. */
export function handled(event: HubEvent, handlers: HubHandlers): Promise<string> {
  return isOfDeploys(event) ? ofDeploys(event, handlers) : ofRepairs(event, handlers)
}

type DeployEvent = Of<
  | 'command-given'
  | 'command-mistaken'
  | 'words-changed'
  | 'pull-changed'
  | 'deploy-waits'
  | 'merge-queued'
  | 'deployment-reported'
  | 'incident-changed'
>

function isOfDeploys(event: HubEvent): event is DeployEvent {
  return ofDeploysKinds.has(event.kind)
}

const ofDeploysKinds: ReadonlySet<HubEvent['kind']> = new Set<DeployEvent['kind']>([
  'command-given',
  'command-mistaken',
  'words-changed',
  'pull-changed',
  'deploy-waits',
  'merge-queued',
  'deployment-reported',
  'incident-changed',
])

function ofDeploys(event: DeployEvent, handlers: HubHandlers): Promise<string> {
  switch (event.kind) {
    case 'command-given':
      return handlers['command-given'](event)
    case 'command-mistaken':
      return handlers['command-mistaken'](event)
    case 'words-changed':
      return handlers['words-changed'](event)
    case 'pull-changed':
      return handlers['pull-changed'](event)
    case 'merge-queued':
      return handlers['merge-queued'](event)
    case 'deploy-waits':
      return handlers['deploy-waits'](event)
    case 'deployment-reported':
      return handlers['deployment-reported'](event)
    case 'incident-changed':
      return handlers['incident-changed'](event)
    default:
      return event satisfies never
  }
}

function ofRepairs(event: Exclude<HubEvent, DeployEvent>, handlers: HubHandlers): Promise<string> {
  switch (event.kind) {
    case 'check-failed':
      return handlers['check-failed'](event)
    case 'checks-completed':
      return handlers['checks-completed'](event)
    case 'fix-asked':
      return handlers['fix-asked'](event)
    case 'pull-request-closed':
      return handlers['pull-request-closed'](event)
    case 'pull-request-opened':
      return handlers['pull-request-opened'](event)
    case 'branch-pushed':
      return handlers['branch-pushed'](event)
    case 'installation-changed':
      return handlers['installation-changed'](event)
    default:
      return event satisfies never
  }
}
