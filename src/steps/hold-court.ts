import { z } from 'zod'

import type { Evidence } from '#domain/evidence.ts'
import type { CourtVerdict, FlakeCase, Seen, Sighting, TestName } from '#domain/flake-case.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { Outcome } from '#domain/outcome.ts'
import { place } from '#domain/place.ts'
import { courtNote, flakeLabel, flakeMarker, flakeNotice } from '#messages/flakes.ts'
import { isSame, judgeTest, keyOf, outcomeOf, sentence, testsIn } from '#policy/court.ts'
import type { Flakes } from '#ports/flakes.ts'
import type { Publishing } from '#ports/publishing.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { hostedOf, laterRoundOf } from './hosted-run.ts'

export interface ClosingPorts {
  readonly flakes: Pick<Flakes, 'cases' | 'seen' | 'told'>
  readonly notices: Publishing['notices']
  readonly clock: Clock
}

interface Ports extends ClosingPorts {
  readonly flakes: Omit<Flakes, 'forget'>
  readonly store: Pick<RunStore, 'evidence'>
}

const input = z.strictObject({ place: place.nullable() })
type Input = z.infer<typeof input>

/** Issues opened by one run: where more turn up at once it is rather the machine, and they come back if not. */
const mostNew = 3

/** Puts on record what this run saw of tests that may be flaky, and keeps the issue of each up to date. Quarantines nothing. */
export function holdCourt(ports: Ports): StepKind<Input> {
  return {
    name: 'hold-court',
    input,
    outputs: ['told'],
    sideEffect: 'external',
    run: (input, context) => hold(ports, input, context),
  }
}

async function hold(ports: Ports, { place }: Input, context: StepContext): Promise<Outcome> {
  const { repository, isFork } = hostedOf(context)
  // A later round is about a commit of ours, and a fork about somebody else's.
  if (laterRoundOf(context) !== null || isFork) return { kind: 'done', outputs: { told: [] } }
  const known = await ports.flakes.cases(repository.id)
  const sightings = await seenHere(ports, known, context)
  await ports.flakes.saw(repository.id, sightings)
  const open = known.filter(({ isOpen }) => isOpen)
  const all = new Map([...open, ...sightings].map(({ test }) => [keyOf(test), test]))
  const trunk = place?.mirror.defaultBranch ?? null
  const heard = [...all.values()].map((test) => ({ test, known: caseOf(known, test), trunk }))
  return { kind: 'done', outputs: { told: await hearAll(ports, heard, context) } }
}

async function hearAll(
  ports: Ports,
  all: readonly Heard[],
  context: StepContext,
): Promise<number[]> {
  const told: number[] = []
  let left = mostNew
  for (const heard of all) {
    const isNew = (heard.known?.issue ?? null) === null
    if (isNew && left === 0) continue
    const issue = await hear(ports, heard, context)
    if (issue === null) continue
    if (isNew) left -= 1
    told.push(issue)
  }
  return told
}

function caseOf(known: readonly FlakeCase[], test: TestName): FlakeCase | null {
  return known.find((one) => isSame(one.test, test)) ?? null
}

/** Each run of each check on the head, and what it says of the tests that failed now or are known to fail by chance. */
async function seenHere(
  { store }: Ports,
  known: readonly FlakeCase[],
  { event, runId }: StepContext,
): Promise<readonly Sighting[]> {
  const { branch, headSha: sha } = hostedOf({ event })
  return [...runsByCheck(await store.evidence(runId))].flatMap(([check, runs]) => {
    const before = known.map(({ test }) => test).filter((test) => test.check === check)
    const tests = new Map([...before, ...testsIn(check, runs)].map((test) => [keyOf(test), test]))
    return [...tests.values()].flatMap((test) =>
      runs.map((run, number) => ({
        test,
        branch,
        sha,
        runId,
        number,
        outcome: outcomeOf(test, run),
      })),
    )
  })
}

function runsByCheck(
  kept: readonly { readonly key: string; readonly evidence: Evidence }[],
): ReadonlyMap<string, readonly Evidence[]> {
  const runs = new Map<string, Evidence[]>()
  for (const { key, evidence } of kept) {
    const check = /^(?:head|rerun\/\d+)\/(.+)$/s.exec(key)?.[1]
    if (check !== undefined) runs.set(check, [...(runs.get(check) ?? []), evidence])
  }
  return runs
}

interface Heard {
  readonly test: TestName
  readonly known: FlakeCase | null
  readonly trunk: string | null
}

/** The issue that tells of the test, where anybody is told. */
async function hear(ports: Ports, heard: Heard, context: StepContext): Promise<number | null> {
  const { repository } = hostedOf(context)
  const { test, known, trunk } = heard
  const seen = await ports.flakes.seen(repository.id, test)
  const verdict = judgeTest(seen, ports.clock.now())
  context.note(courtNote(test, verdict))
  const what = sentence(verdict, { known, seen, trunk })
  return what === 'nothing'
    ? null
    : await show(ports, repository, { ...heard, seen, verdict, what })
}

interface Judged extends Pick<Heard, 'test' | 'known'> {
  readonly seen: readonly Seen[]
  readonly verdict: CourtVerdict
  readonly what: 'show' | 'close'
}

async function show(
  { flakes, notices }: ClosingPorts,
  repository: HostedRepository,
  { test, known, seen, verdict, what }: Judged,
): Promise<number | null> {
  const state = what === 'close' ? 'closed' : 'open'
  const marker = flakeMarker(keyOf(test))
  const issue = await notices.show(repository, {
    issue: known?.issue ?? null,
    marker,
    ...flakeNotice(test, { verdict, seen, marker }),
    labels: [flakeLabel],
    state,
    newsAt: seen.find(({ outcome }) => outcome === 'fail')?.at ?? new Date(0),
  })
  if (issue !== null) await flakes.told(repository.id, { test, issue, isOpen: state === 'open' })
  return issue
}

/** Closes the issues of tests that did not fail for two weeks, for where no run of ours comes by: there nothing is red. */
export async function closeQuiet(
  ports: ClosingPorts,
  repository: HostedRepository,
): Promise<readonly number[]> {
  const closed: number[] = []
  const known = await ports.flakes.cases(repository.id)
  for (const one of known.filter(({ isOpen, issue }) => isOpen && issue !== null)) {
    const seen = await ports.flakes.seen(repository.id, one.test)
    const verdict = judgeTest(seen, ports.clock.now())
    if (sentence(verdict, { known: one, seen, trunk: null }) !== 'close') continue
    const judged = { test: one.test, known: one, seen, verdict, what: 'close' } as const
    const issue = await show(ports, repository, judged)
    if (issue !== null) closed.push(issue)
  }
  return closed
}
