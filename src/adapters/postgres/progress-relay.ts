import { randomUUID } from 'node:crypto'

import { Client, type Pool } from 'pg'
import { z } from 'zod'

import { type Progress, progress } from '#domain/progress.ts'
import type { Listener } from '#ports/world.ts'

const channel = 'goalkeeper_progress'

/** A notification holds 8000 bytes; a note longer than this is cut, for it only is a line in a tree. */
const longestNote = 1000

const message = z.object({ from: z.string(), runId: z.string(), progress })

/** Progress of a phase that another process took from the queue, brought to the process that has the run. */
export interface ProgressRelay extends Listener {
  /** The run is told of here from now on. */
  begins(runId: string): void
  ends(runId: string): void
  stop(): Promise<void>
}

/**
 * Tells `listener` of every phase that runs here, and of the phases that run elsewhere for a run of this process.
 * What is lost on the way is lost: it is only for show.
 */
export async function openProgressRelay(
  of: { readonly pool: Pool; readonly url: string },
  listener: Listener,
): Promise<ProgressRelay> {
  const self = randomUUID()
  const here = new Set<string>()
  const ear = new Client({ connectionString: of.url })
  ear.on('error', () => undefined)
  ear.on('notification', ({ payload }) => {
    const heard = message.safeParse(JSON.parse(payload ?? 'null'))
    if (!heard.success || heard.data.from === self) return
    if (here.has(heard.data.runId)) listener.tell(heard.data.runId, heard.data.progress)
  })
  await ear.connect()
  await ear.query(`listen ${channel}`)
  // One after the other, so that a tree grows in order.
  let sending: Promise<unknown> = Promise.resolve()
  const send = (runId: string, what: Progress) => {
    const text = JSON.stringify({ from: self, runId, progress: shortened(what) })
    sending = sending
      .then(() => of.pool.query('select pg_notify($1, $2)', [channel, text]))
      .catch(() => undefined)
  }
  return {
    tell: (runId, what) => {
      listener.tell(runId, what)
      // After a restart a phase may be back at work before its run is: then this goes nowhere, and does no harm.
      if (!here.has(runId)) send(runId, what)
    },
    begins: (runId) => here.add(runId),
    ends: (runId) => here.delete(runId),
    async stop() {
      await sending
      await ear.end().catch(() => undefined)
    },
  }
}

function shortened(of: Progress): Progress {
  if (of.kind === 'note') return { ...of, text: of.text.slice(0, longestNote) }
  if (of.kind === 'step-ended') return { ...of, facts: of.facts.slice(0, longestNote) }
  return of
}
