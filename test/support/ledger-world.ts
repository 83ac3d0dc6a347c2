import type { FlakeCase } from '#domain/flake-case.ts'
import type { Decision } from '#domain/gate.ts'
import type { Approvals, GatePlace, OpenGates, WatchedGate } from '#ports/approvals.ts'
import type { Claim, Claims } from '#ports/claims.ts'
import type { GivenUp, KnownProposal, Proposal, Proposals, TakenBack } from '#ports/proposals.ts'
import type { RepairEnd, Repairs, TakenFailure, Taking } from '#ports/repairs.ts'
import type { Restraints } from '#ports/restraints.ts'

import { memoryDeployments } from './deploy-ledger.ts'
import { memoryCourt } from './memory-court.ts'
import { memoryWaitingPulls } from './memory-waiting-pulls.ts'
import { memoryWaits } from './memory-waits.ts'

interface Told {
  readonly cases?: readonly FlakeCase[]
  readonly spent?: number
  readonly taking?: Taking
  readonly known?: readonly KnownProposal[]
  /** Commits that we wrote, and by which run. */
  readonly wrote?: Readonly<Record<string, string>>
  /** Runs that deploy to whatever environment is asked about. */
  readonly deploying?: readonly string[]
  readonly under?: readonly { readonly runId: string; readonly headSha: string }[]
}

/** The ledger in memory: it answers as it is told to, and keeps what it was told. */
export function memoryLedger(of: Told = {}) {
  const taken: TakenFailure[] = []
  const passedOn: string[] = []
  const ended: RepairEnd[] = []
  const saved: Proposal[] = []
  const givenUp: (readonly [number, GivenUp])[] = []
  const takenBack: (TakenBack & { readonly branch: string })[] = []
  const claimed = new Map<string, Claim>()
  const known = of.known ?? []
  const repairs: Repairs = {
    spent: () => Promise.resolve(of.spent ?? 0),
    take: async (one) => {
      taken.push(one)
      return of.taking ?? { kind: 'taken' }
    },
    passOn: async (_taskId, runId) => void passedOn.push(runId),
    end: async (_taskId, how) => void ended.push(how),
    onBranch: () => Promise.resolve(of.under ?? []),
  }
  const proposals: Proposals = {
    save: async (one) => void saved.push(one),
    giveUp: async (_repository, number, because) => void givenUp.push([number, because]),
    merged: async (_repository, number) => void givenUp.push([number, 'merged']),
    takenBack: async (_repository, branch, which) => {
      takenBack.push({ branch, ...which })
      return known.filter(({ number }) => which.pulls.includes(number))
    },
    of: () => Promise.resolve(known),
    onBranch: (_repository, branch) =>
      Promise.resolve(known.find((one) => one.branch === branch) ?? null),
    numbered: (_repository, number) =>
      Promise.resolve(known.find((one) => one.number === number) ?? null),
    forBase: (_repository, base) => Promise.resolve(known.filter((one) => one.base === base)),
  }
  const claims: Claims = {
    take: async (claim) => {
      const first = claimed.get(claim.key) ?? claim
      claimed.set(claim.key, first)
      return first
    },
    whoWrote: (sha) => Promise.resolve(of.wrote?.[sha] ?? null),
  }
  const approvals = memoryApprovals()
  const deployments = { ...memoryDeployments(), underWay: async () => of.deploying ?? [] }
  const court = memoryCourt(of.cases ?? [])
  const watching = { openGates: memoryOpenGates(), deployments, flakes: court.flakes }
  return {
    ledger: {
      repairs,
      proposals,
      waitingPulls: memoryWaitingPulls(),
      claims,
      approvals,
      ...watching,
      store: {
        run: () => Promise.resolve(null),
        audit: () => Promise.resolve([]),
        runs: () => Promise.resolve([]),
        append: () => Promise.resolve(),
      },
      restraints: memoryRestraints(),
      waits: memoryWaits(),
    },
    toldOf: court.toldOf,
    taken,
    passedOn,
    ended,
    saved,
    givenUp,
    takenBack,
  }
}

/** A pull request of ours for `main`, number 9. */
export function proposalOf(more: Partial<KnownProposal> = {}): KnownProposal {
  return {
    kind: 'fix',
    repository: 11,
    number: 9,
    branch: 'auto-fix/1-types',
    base: 'main',
    headSha: 'c'.repeat(40),
    taskId: 'task-1',
    isSameFailure: false,
    givenUp: null,
    isTakenBack: false,
    ...more,
  }
}

/** Decisions in memory, as the database keeps them. */
function memoryApprovals(): Approvals {
  const rows: { place: GatePlace; decision: Decision }[] = []
  const voiding = (because: Decision['voided'], fits: (row: (typeof rows)[number]) => boolean) => {
    for (const row of rows)
      if (row.decision.voided === null && fits(row))
        row.decision = { ...row.decision, voided: because }
  }
  return {
    async record(place, decision) {
      const isKnown = rows.some(
        (row) =>
          row.decision.source === decision.source && row.place.environment === place.environment,
      )
      if (!isKnown) rows.push({ place, decision: { ...decision, voided: null } })
    },
    of: async ({ pull, environment }) =>
      rows
        .filter(({ place }) => place.pull === pull && place.environment === environment)
        .map(({ decision }) => decision),
    async find(_repository, source) {
      const row = rows.find(({ decision }) => decision.source === source)
      return row === undefined ? null : { pull: row.place.pull, person: row.decision.person.id }
    },
    void: async (_repository, source, because) =>
      voiding(because, ({ decision }) => decision.source === source),
    supersede: async ({ pull }, { sha, tree }) =>
      voiding(
        'superseded',
        ({ place, decision }) =>
          place.pull === pull && decision.sha !== sha && !decision.trees.includes(tree),
      ),
  }
}

/** Open gates in memory: one is told of as soon as it is time. */
function memoryOpenGates(): OpenGates {
  const watched = new Map<number, WatchedGate & { readonly lookAt: Date }>()
  return {
    async watch(gate, next) {
      if (next === null) watched.delete(gate.pull)
      else watched.set(gate.pull, { ...gate, lookAt: next.lookAt })
    },
    async wake(_place, _isEverywhere, now) {
      for (const [pull, gate] of watched) watched.set(pull, { ...gate, lookAt: now })
    },
    watched: async () => [...watched.keys()],
    due: async (now) => [...watched.values()].filter(({ lookAt }) => lookAt <= now),
  }
}

/** Restraints in memory, as the database keeps them: of one repository. */
function memoryRestraints(): Restraints {
  type Row = Parameters<Restraints['put']>[1] & { lifted: boolean }
  const rows: Row[] = []
  return {
    async put(_place, restraint) {
      if (!rows.some(({ source }) => source === restraint.source))
        rows.push({ ...restraint, lifted: false })
    },
    async lift(_place, { kinds, environment, isEverywhere, at }) {
      const fitting = rows.filter(
        (row) =>
          !row.lifted &&
          kinds.includes(row.kind) &&
          row.environment === environment &&
          row.isEverywhere === isEverywhere &&
          row.at <= at,
      )
      for (const row of fitting) row.lifted = true
      return fitting.length
    },
    async on() {
      const frozen = rows.filter(({ kind }) => kind === 'freeze').map(({ at }) => at.getTime())
      return {
        inForce: rows.filter(({ lifted }) => !lifted),
        frozenAt: frozen.length === 0 ? null : new Date(Math.max(...frozen)),
      }
    },
  }
}
