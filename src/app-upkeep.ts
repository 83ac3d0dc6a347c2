import { systemClock } from '#adapters/system/world.ts'
import { serveMetrics } from '#adapters/telemetry/metrics.ts'
import type { Settings } from '#config/environment.ts'
import { metricsServed } from '#messages/telemetry.ts'
import type { Hosting } from '#ports/hosting.ts'

import { keepGatesTrue } from './app-gate-sweep.ts'
import type { GateParts } from './app-gate.ts'
import { channelsOf, keepTelling } from './app-news.ts'
import { keepSelfTesting, type SelfTesting } from './app-self-test.ts'
import { afterShowing } from './app-shown.ts'
import { keepTracing } from './app-telemetry.ts'
import type { App } from './app.ts'

interface Upkeep {
  readonly settings: Settings
  readonly hosting: Hosting
  /** Where repositories are cloned from. */
  readonly webUrl: string
  readonly weigh: NonNullable<GateParts['weigh']>
  readonly find: SelfTesting['find']
  /** A line for who runs the service. */
  readonly tell: (line: string) => void
}

interface Going {
  stop(): Promise<void>
}

/** What goes on for as long as the service runs, beside its runs. */
export async function keepUp(app: App, upkeep: Upkeep): Promise<Going> {
  const { settings, hosting, webUrl, weigh, tell, find } = upkeep
  const clock = systemClock
  const { traces, metrics } = settings.telemetry
  const channels = channelsOf(settings.notify, clock)
  const enabled = settings.agentEnabled
  const around = { ...app, hosting, webUrl, clock }
  // What closes or opens by itself is told to the same as what somebody closes or opens.
  const shown = afterShowing(around, { enabled, shadow: settings.shadow })
  const all: Going[] = [
    // In shadow mode nothing is shown, and nothing has to be taken back.
    ...(settings.shadow ? [] : [keepGatesTrue({ ...around, weigh, shown }, tell)]),
    keepTelling({ outbox: app.outbox, channels, tell }),
    keepSelfTesting({
      ...app,
      setting: settings.selfTest,
      shadow: settings.shadow,
      find,
      webUrl,
      tell,
    }),
    ...(traces === null ? [] : [await keepTracing({ ...app, clock, tell }, traces)]),
  ]
  const stop = async (): Promise<void> => {
    await Promise.all(all.map((one) => one.stop()))
  }
  if (metrics === null) return { stop }
  try {
    const served = await serveMetrics({ ...metrics, tallies: app.tallies })
    tell(metricsServed(metrics.host, served.port))
    all.push(served)
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}
