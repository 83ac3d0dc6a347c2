import type { Check } from '#domain/check.ts'
import type { Event } from '#domain/event.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Json } from '#domain/outcome.ts'
import type { Patch } from '#domain/patch.ts'
import type { Fixer } from '#ports/fixer.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'
import type { LadderPorts } from '#steps/ladder-ports.ts'
import { proposeFix } from '#steps/propose-fix.ts'

import { contextOf, findingOf, headPlace, ladderPorts, memoryStore, said } from './fix-world.ts'

/** What a repaired file holds: fine as a module and as a manifest. */
export const repaired = '{}\n'

/** Repairs the file of each finding, whatever it is. */
const writer: Fixer = {
  id: 'writer',
  rung: 'types',
  applies: () => true,
  propose: ({ findings }) =>
    Promise.resolve(
      findings.map(({ file }) => ({
        strategy: 'test/write',
        description: `Repaired ${file}`,
        rootCause: `${file} was broken`,
        patch: [{ path: file ?? '?', content: repaired }],
        risk: 'safe',
      })),
    ),
}

type Answer = (patch: Patch) => Evidence

/** Red whatever is done. */
export const stubborn: Answer = () => said(findingOf('tsc', 'b.ts', 'b.ts is beyond us'))

/** Red by one finding until its file is repaired. */
export function brokenIn(check: Check, file: string): Answer {
  const red = said(findingOf(check.invocations[0]?.tool ?? 'command', file, `${file} is broken`))
  return (patch) => (patch.some(({ path }) => path === file) ? said() : red)
}

/** What each check says about a tree, and what it says when it is run afresh: the answers in turn. */
export function observing(
  checks: Readonly<Record<string, Answer>>,
  again: readonly Evidence[] = [],
) {
  const asked: string[] = []
  const left = [...again]
  const answer = (_workspace: Workspace, { name }: Check, patch: Patch) => {
    asked.push(name)
    return Promise.resolve(checks[name]?.(patch) ?? said())
  }
  const observer: Observer = {
    observe: answer,
    again: (...asking) => {
      const next = left.shift()
      return next === undefined ? answer(...asking) : Promise.resolve(next)
    },
  }
  return { observer, asked }
}

interface Given {
  readonly observer: Observer
  readonly failures: readonly (readonly [Check, Evidence])[]
  readonly pending?: readonly Check[]
  readonly beside?: readonly Check[]
  readonly fixers?: readonly Fixer[]
  /** The last rung; left out, the ladder ends before it. */
  readonly ports?: Partial<LadderPorts>
  readonly rungs?: readonly string[]
  readonly files?: Readonly<Record<string, string>>
  readonly event?: Event
  /** What ended the wait that the step asked for. */
  readonly message?: Json
  readonly reruns?: number
}

/** Runs the step on what is red. */
export async function propose(given: Given) {
  const { observer, failures, pending = [], beside = [], fixers = [writer], reruns } = given
  const { rungs = ['types'], files = {}, ports = {} } = given
  const { store, entries, evidence } = memoryStore()
  const { context, notes } = contextOf()
  const { event = context.event } = given
  const kind = proposeFix(ladderPorts(files, { observer, fixers, store, ...ports }))
  const input = kind.input.parse({
    place: headPlace,
    failures: failures.map(([check, red]) => ({
      check,
      evidence: red,
      targets: red.findings,
      preExisting: [],
    })),
    greens: [],
    pending,
    beside,
    configuration: null,
    rungs,
    ...(reruns === undefined ? {} : { 'flaky-reruns': reruns }),
  })
  const woken = given.message === undefined ? {} : { message: given.message }
  return {
    outcome: await kind.run(input, { ...context, event, ...woken }),
    entries,
    evidence,
    notes,
  }
}
