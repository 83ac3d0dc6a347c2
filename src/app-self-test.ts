import { setTimeout as sleep } from 'node:timers/promises'

import type { SelfTestSettings } from '#config/self-test-variables.ts'
import type { Event } from '#domain/event.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import { selfTestName } from '#domain/self-test.ts'
import { selfTestOff, selfTestOn, selfTestUnplanned } from '#messages/self-test-plan.ts'
import type { Engine } from '#ports/engine.ts'

export interface SelfTesting {
  readonly engine: Pick<Engine, 'schedule' | 'unschedule'>
  /** Null: nobody asked for it. */
  readonly setting: SelfTestSettings | null
  /** Nothing is published, so there is nothing to try. */
  readonly shadow: boolean
  /** Null where the App is not installed there. */
  readonly find: (wanted: { owner: string; name: string }) => Promise<HostedRepository | null>
  readonly webUrl: string
  /** A line for who runs the service. */
  readonly tell: (line: string) => void
}

/** GitHub may be out of reach while we start. */
const againMs = 60_000

/**
 * Plans the self-tests of this service as it is set, or that there are none: the engine keeps the plan, and whichever
 * process is there at a tick begins one (S2-46).
 */
export function keepSelfTesting(of: SelfTesting): { stop(): Promise<void> } {
  const over = new AbortController()
  const planning = (async () => {
    let said = ''
    while (!over.signal.aborted) {
      const { isDone, line } = await planSelfTests(of).catch((error: unknown) => ({
        isDone: false,
        line: selfTestUnplanned(String(error)),
      }))
      if (line !== null && line !== said) of.tell((said = line))
      if (isDone) return
      await sleep(againMs, undefined, { signal: over.signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      over.abort()
      await planning
    },
  }
}

/** Plans them once; what there is to say of that, and whether it is as it is set. @internal */
export async function planSelfTests(
  of: SelfTesting,
): Promise<{ readonly isDone: boolean; readonly line: string | null }> {
  const { engine, setting, shadow, webUrl } = of
  if (setting === null || shadow) {
    await engine.unschedule(selfTestName)
    return { isDone: true, line: setting === null ? null : selfTestOff() }
  }
  const { environment, cron, ...wanted } = setting
  const repository = await of.find(wanted)
  if (repository === null)
    return {
      isDone: false,
      line: selfTestUnplanned(`${wanted.owner}/${wanted.name} is none of the App's`),
    }
  const event: Event = {
    kind: 'self-test-due',
    repository: `${webUrl}/${repository.owner}/${repository.name}.git`,
    ref: null,
    base: null,
    checks: [],
    // Each tick has its own.
    taskId: '',
    publish: true,
    selfTest: { repository, environment },
  }
  await engine.schedule(selfTestName, cron, { workflow: selfTestName, event })
  return { isDone: true, line: selfTestOn(setting) }
}
