import type { PhaseDefinition } from '#domain/workflow.ts'
import type { PhaseCall, PhaseEnd } from '#ports/durable.ts'

import { evaluateCondition } from './expressions.ts'
import { afterMessage, firstState, type PhaseState, topicOf } from './interpret-phase-state.ts'
import { asJson, type PhaseEnded, type PhaseInput, phaseResult } from './interpret-records.ts'
import type { RunLife } from './interpret-run-life.ts'
import { messageOf } from './interpret-trial.ts'

type States = ReadonlyMap<string, PhaseState>

/**
 * Phases that may run side by side, until each has ended. They go in rounds: in a round every phase runs or waits for
 * a message, and all of that is asked for in one fixed order, so that a replay asks in the same.
 */
export async function interpretWave(life: RunLife, keys: readonly string[]): Promise<void> {
  let states: States = new Map()
  for (const key of keys) states = new Map([...states, [key, await enterPhase(life, key)]])
  for (let round = 1; isUnderWay(states); round += 1) states = await goRound(life, states, round)
  for (const [key, state] of states) {
    if (state.kind === 'ended') life.ended = { ...life.ended, [key]: state.ended }
  }
}

function isUnderWay(states: States): boolean {
  return [...states.values()].some(({ kind }) => kind !== 'ended')
}

function definitionOf({ input }: RunLife, key: string): PhaseDefinition {
  const definition = input.workflow.jobs[key]
  if (!definition) throw new Error(`The workflow has no phase "${key}".`)
  return definition
}

async function enterPhase(life: RunLife, key: string): Promise<PhaseState> {
  const definition = definitionOf(life, key)
  try {
    if (evaluateCondition(definition.if, life.contextOf(definition))) return firstState(definition)
  } catch (error) {
    const failure = { result: 'failure', outputs: {}, warned: false } as const
    const detail = messageOf(error)
    return {
      kind: 'ended',
      ended: { kind: 'ended', ...failure, reason: 'configuration-invalid', detail },
    }
  }
  await life.durable.step(`${key}/skipped`, async () => {
    life.tell({ kind: 'phase-ended', phase: key, state: 'skipped', durationMs: 0 })
    return null
  })
  return { kind: 'ended', ended: skipped }
}

const skipped: PhaseEnded = {
  kind: 'ended',
  result: 'skipped',
  outputs: {},
  reason: null,
  detail: null,
  warned: false,
}

type Ready = Extract<PhaseState, { kind: 'ready' }>
type Waiting = Extract<PhaseState, { kind: 'waiting' }>

async function goRound(life: RunLife, states: States, round: number): Promise<States> {
  const ready: [string, Ready][] = []
  const waiting: [string, Waiting][] = []
  for (const [key, state] of states) {
    if (state.kind === 'ready') ready.push([key, state])
    if (state.kind === 'waiting') waiting.push([key, state])
  }
  const timeouts = await beginWaits(life, waiting, { round, idle: ready.length === 0 })
  // From here to the end of the round nothing else may ask the engine for anything.
  const running = life.durable.phases(ready.map(([key, state]) => callOf(life, key, state)))
  const receiving = waiting.map(([key, state], index) =>
    life.durable.receive(topicOf(key, state), timeouts[index] ?? 0),
  )
  const [ends, messages] = await Promise.all([running, Promise.all(receiving)])
  if (waiting.length > 0) {
    await life.enters('running', { name: `woken-${waiting[0]?.[0]}-${round}`, type: 'run-woken' })
  }
  const next = new Map(states)
  for (const [index, [key, state]] of ready.entries()) next.set(key, afterRun(state, ends[index]))
  for (const [index, [key, state]] of waiting.entries()) {
    next.set(key, afterMessage(state, messages[index] ?? null))
  }
  return next
}

/** Puts the waits on record and gives, for each, how long it may last: its own limit or what is left of the run. */
async function beginWaits(
  life: RunLife,
  waiting: readonly (readonly [string, Waiting])[],
  { round, idle }: { readonly round: number; readonly idle: boolean },
): Promise<readonly number[]> {
  const timeouts: number[] = []
  for (const [key, { timeoutMs }] of waiting) {
    const name = `${key}/waits-${round}`
    const now = await life.enters(idle ? 'waiting' : 'running', { name, type: 'phase-waits' })
    const { deadlineAt } = life
    const left = deadlineAt === null ? timeoutMs : Date.parse(deadlineAt) - Date.parse(now)
    timeouts.push(Math.max(0, Math.min(timeoutMs, left)))
  }
  return timeouts
}

function callOf(life: RunLife, key: string, state: Ready): PhaseCall {
  const definition = definitionOf(life, key)
  const needs = life
    .needsOf(definition.needs)
    .map(([need, { kind: _kind, warned: _warned, ...ended }]) => [need, ended] as const)
  const input: PhaseInput = {
    runId: life.durable.runId,
    phase: key,
    entry: state.entry,
    definition,
    event: life.input.event,
    needs: Object.fromEntries(needs),
    startedAt: life.startedAt,
    deadlineAt: life.deadlineAt,
    resumption: state.resumption,
  }
  return { phase: key, entry: state.entry, input: asJson(input) }
}

function afterRun({ entry }: Ready, end: PhaseEnd | undefined): PhaseState {
  if (end?.kind !== 'returned') {
    const detail = end?.message ?? 'The phase gave no answer.'
    const failure = { result: 'failure', outputs: {}, reason: null, warned: false } as const
    return { kind: 'ended', ended: { kind: 'ended', ...failure, detail } }
  }
  const result = phaseResult.parse(end.value)
  if (result.kind === 'ended') return { kind: 'ended', ended: result }
  return { kind: 'waiting', for: result, entry, timeoutMs: result.timeoutMs }
}
