import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { backgroundOf } from './background.ts'
import { type Cast, castOf, newApp } from './cast.ts'
import type { Deviation } from './contract.ts'
import { type DirectPush, directPush } from './direct-push.ts'
import { type Faults, noFaults } from './faults.ts'
import type { House } from './house.ts'
import { pullsOpened, refsMoved } from './reactions.ts'
import type { Served } from './rest.ts'
import { listening, serve } from './server.ts'
import type { State } from './state.ts'
import { type Courier, courierOf } from './webhooks/courier.ts'

export interface Options {
  /** A free one if left out. */
  readonly port?: number
  readonly now?: () => Date
  /** What the CI's commands find in their environment; PATH and HOME unless told. */
  readonly ciEnvironment?: Readonly<Record<string, string>>
}

/** A GitHub on loopback. */
export interface GitHub extends Cast {
  /** Pages and git. */
  readonly url: string
  /** For `@octokit/rest`'s `baseUrl`; `GHE_HOST` makes Probot ask here too. */
  readonly api: string
  readonly state: State
  readonly faults: Faults
  readonly webhooks: Courier
  /** Every REST request so far. */
  readonly served: readonly Served[]
  /** A commit that somebody pushes; answers with it when all that follows has happened. */
  push(of: DirectPush): Promise<string>
  /** What was not as GitHub describes it, since the last time somebody asked. */
  takeDeviations(): readonly Deviation[]
  /** Resolves when no webhook is on its way and the CI has nothing to do. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** Starts it; close it, or its process never ends. */
export async function startGitHub(options: Options = {}): Promise<GitHub> {
  const folder = mkdtempSync(join(tmpdir(), 'github-'))
  const { server, url } = await listening(options.port ?? 0)
  const state = emptyState()
  const end = new AbortController()
  const deviations: Deviation[] = []
  const served: Served[] = []
  const background = backgroundOf()
  const faults = noFaults()
  const deviate = (deviation: Deviation): void => void deviations.push(deviation)
  const courier = courierOf(() => ({ house, deviate, track: background.track }))
  const house: House = {
    state,
    url,
    api: `${url}/api/v3`,
    folder,
    now: options.now ?? (() => new Date()),
    send: courier.send,
    moved: (...moves) => refsMoved(house, ...moves),
    opened: (...pull) => pullsOpened(house, ...pull),
    actions: newApp(state, { slug: 'github-actions', name: 'GitHub Actions' }),
    ciEnvironment: options.ciEnvironment ?? usualEnvironment,
    background: background.queue,
    ended: end.signal,
  }
  const turn = background.turns()
  serve(server, house, { faults, served, deviate, turn, courier })
  return {
    ...castOf(house),
    url,
    api: house.api,
    state,
    faults,
    webhooks: { ...courier, idle: background.idle },
    served,
    push: (of) => turn(() => directPush(house, of)),
    takeDeviations: () => deviations.splice(0),
    settled: background.idle,
    async close() {
      end.abort()
      await background.idle()
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const usualEnvironment = { PATH: process.env['PATH'] ?? '', HOME: tmpdir() }

function emptyState(): State {
  return {
    accounts: new Map(),
    apps: new Map(),
    installations: new Map(),
    tokens: new Map(),
    repositories: new Map(),
    teams: new Map(),
    nextId: 1000,
  }
}
