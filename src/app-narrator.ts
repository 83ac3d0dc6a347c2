import type { OwnSecrets } from '#adapters/secrets/own-secrets.ts'
import type { Progress } from '#domain/progress.ts'
import { progressOf } from '#messages/intake.ts'
import { progressLine } from '#messages/progress.ts'
import type { Listener } from '#ports/world.ts'

/** So many runs are told of at once; of an older one the lines would only lose their numbers. */
const mostRuns = 200

/** Tells every run of a service as it goes, in lines that name the run. */
export function serviceNarrator(tell: (line: string) => void): Listener {
  const runs = new Map<string, Progress[]>()
  return {
    tell(runId, progress) {
      const told = runs.get(runId) ?? []
      const line = progressLine([...told, progress])
      if (line !== null) tell(progressOf(runId, line))
      // Later lines need the names and the order of what began, and nothing else.
      if (progress.kind.endsWith('-started')) told.push(progress)
      runs.delete(runId)
      runs.set(runId, told)
      const [oldest] = runs.keys()
      if (runs.size > mostRuns && oldest !== undefined) runs.delete(oldest)
    },
  }
}

/** What a run tells is shown and logged: it has none of our secrets. */
export function discreet(listener: Listener, secrets: Pick<OwnSecrets, 'inData'>): Listener {
  return { tell: (runId, progress) => listener.tell(runId, secrets.inData(progress)) }
}
