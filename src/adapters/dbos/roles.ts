/**
 * How a process lives with others on one database. Those of the `service` share the phases of all their runs and adopt
 * what a dead one left. A `command` keeps its run to itself from the first phase to the last, and what it leaves waits
 * for `resume`.
 */
export type Role = 'service' | 'command'

export interface Terms {
  /** The SDK shows a process only the work of its own application, so no role can touch the other's. */
  readonly application: string
  /**
   * Pinned: the SDK would hash the code and leave runs of any other hash behind. A change of what a run in flight
   * would do needs `DBOS.patch`, a change nobody in flight may survive a new number.
   */
  readonly version: string
  /** A queue of this process alone, for what it takes up again; null where any process of the role may. */
  readonly ownQueue: string | null
}

export function termsOf(role: Role, executorId: string): Terms {
  switch (role) {
    case 'service':
      return { application: 'goalkeeper', version: '1', ownQueue: null }
    case 'command':
      return {
        application: 'goalkeeper-command',
        version: 'command-1',
        ownQueue: ownQueueOf(executorId),
      }
  }
}

const ownQueuePrefix = 'command/'

export function ownQueueOf(executorId: string): string {
  return `${ownQueuePrefix}${executorId}`
}

/** The process that alone listens to a queue; null for a queue that many do. */
export function ownerOf(queue: string | null): string | null {
  return queue?.startsWith(ownQueuePrefix) ? queue.slice(ownQueuePrefix.length) : null
}
