import { noHosting } from '#adapters/github/hosting.ts'
import type { Command } from '#domain/command.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { HubEvent } from '#domain/hub-event.ts'
import type { DeployableChange, GateCheckView } from '#ports/deploys.ts'

import { stopsOf } from '../../src/app-brakes.ts'
import { showAll } from '../../src/app-gate-check.ts'
import type { HubGateParts } from '../../src/app-hub-answer.ts'
import { onCommandGiven } from '../../src/app-hub-commands.ts'
import { memoryLedger } from './ledger-world.ts'
import { ann, openedAt } from './opened-change.ts'

export const repository: HostedRepository = {
  installation: 7,
  id: 11,
  owner: 'octo',
  name: 'kiosk',
}
export const hub = {
  id: 11,
  installationId: 7,
  owner: 'octo',
  name: 'kiosk',
  defaultBranch: 'main',
}

export const maria = { id: 1, login: 'maria' }

/** The author of the change, and two who may approve it. */
export const people = [ann, maria, { id: 3, login: 'bob' }] as const

const pull = { number: 5, url: 'https://github.example/pull/5', headSha: 'a', isDraft: false }
const { checkRuns, pullRequests } = noHosting()

interface Person {
  readonly id: number
  readonly login: string
}

/** A pull request of ann as a host in memory shows it, the gate before it, and a clock that stands still. */
export function gatedChange(rules: string, more: Partial<Omit<HubGateParts, 'openGates'>> = {}) {
  let now = new Date('2026-11-29T10:00:00Z')
  let change: DeployableChange = { ...openedAt('a'), pushedAt: now }
  const before = new Map<number, DeployableChange>()
  const changeOf = (number: number) => before.get(number) ?? change
  const shown = new Map<string, GateCheckView & { readonly since: Date }>()
  const roles = new Map([
    ['maria', 'write'],
    ['bob', 'write'],
    ['ann', 'write'],
  ])
  const said: string[] = []
  const teams = new Set<string>()
  const configurations = new Map<string, string>()
  const hosting: HubGateParts['hosting'] = {
    deploys: {
      look: async (_repository, number) => {
        const looked = changeOf(number)
        return { ...looked, shownAt: shown.get(looked.sha)?.since ?? null }
      },
      configuration: async (_repository, ref) => configurations.get(ref) ?? rules,
      async show(_repository, view) {
        const since = shown.get(view.sha)?.since ?? now
        shown.set(view.sha, { ...view, since })
      },
    },
    people: {
      roleOf: (_repository, login) => Promise.resolve(roles.get(login) ?? 'none'),
      isInTeam: async (_repository, login, team) => teams.has(`${login} ${team}`),
    },
    comments: {
      show: async (_repository, { body }) => void said.push(body),
      acknowledge: () => Promise.resolve(),
    },
    checkRuns: {
      ...checkRuns,
      show: async (_repository, { externalId, conclusion }) =>
        void said.push(`${externalId} ${conclusion}`),
    },
    pullRequests: {
      ...pullRequests,
      look: async () => ({ ...pull, state: change.state }),
      head: async () => ({
        ...pull,
        sha: change.sha,
        branch: 'topic',
        base: 'main',
        isFork: false,
      }),
    },
  }
  const clock = { now: () => now }
  const { ledger } = memoryLedger()
  const under: { runId: string; headSha: string }[] = []
  const cancelled: string[] = []
  const forsaken: string[] = []
  const asked: string[] = []
  const variables = new Map<string, string>()
  const stops = stopsOf({
    ...ledger,
    hosting: { variables: { read: async (_repository, name) => variables.get(name) ?? null } },
    enabled: true,
  })
  const parts: HubGateParts & Pick<typeof ledger, 'waits' | 'openGates'> = {
    ...ledger,
    repairs: { onBranch: async () => under },
    hosting,
    stops,
    clock,
    enabled: true,
    engine: { cancel: async (runId) => void cancelled.push(runId) },
    forsake: async (_repository, runId) => void forsaken.push(runId),
    deployAgain: async ({ change: { sha } }, source) => void asked.push(`${source} ${sha[0]}`),
    secondLook: async () => false,
    takeBack: async () => ({ kind: 'refused', because: 'nothing-deployed' }),
    askFix: async ({ number }) => {
      asked.push(`fix ${number}`)
      return ''
    },
    ...more,
  }
  let told = 0
  /** Under what somebody writes: the pull request, else an issue. */
  const place = { onPull: true }
  return {
    place,
    parts,
    hosting,
    clock,
    roles,
    teams,
    configurations,
    shownAt: (sha: string) => shown.get(sha)?.conclusion ?? null,
    alter: (more: Partial<DeployableChange>) => void (change = { ...change, ...more }),
    said,
    under,
    cancelled,
    forsaken,
    asked,
    variables,
    gate: () => shown.get(change.sha)?.conclusion ?? null,
    change: () => change,
    changeOf,
    pass: (seconds: number) => void (now = new Date(now.getTime() + seconds * 1000)),
    push: (sha: string, tree = `tree of ${sha}`) => {
      change = { ...change, sha: sha.repeat(40), tree, mergedTree: tree, pushedAt: now }
    },
    merge: () =>
      void (change = { ...change, state: 'merged', sha: `${change.sha[0]}f`.repeat(20) }),
    /** The same change as the next pull request. */
    another: (number: number, sha: string, state: 'open' | 'merged' = 'merged') => {
      before.set(change.number, change)
      before.delete(number)
      change = { ...openedAt(sha), number, state, pushedAt: now }
    },
    hear: () => showAll(parts, repository, change.number),
    /** What somebody writes now; it is heard when the answer is called. */
    write(person: Person, verb: Command['verb'], what: string | null | Partial<Command> = null) {
      const { sha, ...more } = typeof what === 'object' && what !== null ? what : { sha: what }
      const event: Extract<HubEvent, { kind: 'command-given' }> = {
        kind: 'command-given',
        deliveryId: `d${(told += 1)}`,
        repository: hub,
        sender: { ...person, type: 'user' },
        number: change.number,
        ...place,
        commentId: told,
        command: {
          verb,
          environment: 'production',
          sha: sha ?? null,
          reason: null,
          emergency: false,
          ...more,
        },
        source: `comment ${told}`,
        seen: null,
        at: now.toISOString(),
        byApp: false,
      }
      return () => onCommandGiven(parts, event)
    },
  }
}
