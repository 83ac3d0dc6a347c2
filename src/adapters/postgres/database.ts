import { startEmbeddedServer } from './embedded-server.ts'

export interface Database {
  readonly url: string
  /** Brings an embedded server back after its crash; a server of somebody else's comes back by itself. */
  revive(): Promise<void>
  stop(): Promise<void>
}

/** A server named by `databaseUrl`, or our own below `directory`. */
export async function openDatabase(from: {
  readonly databaseUrl: string | null
  readonly directory: string
}): Promise<Database> {
  if (from.databaseUrl === null) return startEmbeddedServer(from.directory)
  return { url: from.databaseUrl, revive: nothing, stop: nothing }
}

async function nothing(): Promise<void> {
  // Not ours to start or stop.
}
