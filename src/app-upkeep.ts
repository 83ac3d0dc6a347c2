import { systemClock } from '#adapters/system/world.ts'
import type { Settings } from '#config/environment.ts'
import type { Hosting } from '#ports/hosting.ts'

import { keepGatesTrue } from './app-gate-sweep.ts'
import { channelsOf, keepTelling } from './app-news.ts'
import type { App } from './app.ts'

interface Upkeep {
  readonly settings: Settings
  readonly hosting: Hosting
  /** A line for who runs the service. */
  readonly tell: (line: string) => void
}

/** What goes on for as long as the service runs, beside its runs. */
export function keepUp(app: App, { settings, hosting, tell }: Upkeep): { stop(): Promise<void> } {
  const clock = systemClock
  const channels = channelsOf(settings.notify, clock)
  const all = [
    // In shadow mode nothing is shown, and nothing has to be taken back.
    ...(settings.shadow ? [] : [keepGatesTrue({ ...app, hosting, clock }, tell)]),
    keepTelling({ outbox: app.outbox, channels, tell }),
  ]
  return {
    async stop() {
      await Promise.all(all.map((one) => one.stop()))
    },
  }
}
