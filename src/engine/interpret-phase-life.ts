import type { Progress } from '#domain/progress.ts'
import type { Attempt } from '#domain/run.ts'
import type { Durable } from '#ports/durable.ts'

import type { ExpressionContext } from './expressions.ts'
import type { PhaseInput, StepEnds, Trial } from './interpret-records.ts'
import type { JournaledWorld } from './interpret-world.ts'

interface Try {
  readonly id: string
  readonly number: number
}

/** A phase while it is interpreted: what its steps did so far, and where it tells of it. */
export class PhaseLife {
  readonly durable: Durable
  readonly world: JournaledWorld
  readonly input: PhaseInput
  steps: StepEnds
  /** When the phase first began; known as soon as a step began. */
  since: string | null
  readonly tries: Record<string, number>
  /** What happened without a live step; told with the next one, and not at all in a replay. */
  private untold: Progress[] = []
  private live = false

  constructor(world: JournaledWorld, durable: Durable, input: PhaseInput) {
    this.world = world
    this.durable = durable
    this.input = input
    this.steps = input.resumption?.steps ?? {}
    this.since = input.resumption?.since ?? null
    this.tries = { ...input.resumption?.tries }
    const { phase, definition } = input
    if (!input.resumption) {
      this.untold.push({ kind: 'phase-started', phase, name: definition.name ?? phase })
    }
  }

  get phase(): string {
    return this.input.phase
  }

  context(): ExpressionContext {
    const { event, needs } = this.input
    const seen = Object.entries(this.steps).map(
      ([id, { result, outputs }]) => [id, { outcome: result, outputs }] as const,
    )
    // That a need failed was weighed when the phase was let in; here only its own steps count.
    const first = seen.length === 0 ? { status: 'success' as const } : {}
    return { event, needs, steps: Object.fromEntries(seen), ...first }
  }

  /** Attempts count from 1 over retries, alternatives and waits. */
  nextAttempt(id: string): number {
    const number = (this.tries[id] ?? 0) + 1
    this.tries[id] = number
    return number
  }

  /** Called inside the live step only: a replay tells nothing. Gives the time, ISO 8601. */
  began(step: Try & { readonly name: string }): string {
    const startedAt = this.world.clock.now().toISOString()
    this.live = true
    this.tellUntold()
    const { phase } = this
    this.tell({ kind: 'step-started', phase, step: step.id, name: step.name })
    this.world.journal.attempt({ ...this.attempt(step), startedAt })
    return startedAt
  }

  /** Milliseconds until the first of the step's, the phase's and the run's limit; null when there is none. */
  remainingMs(stepMinutes: number | null, startedAt: string): number | null {
    const { definition, deadlineAt } = this.input
    const now = Date.parse(startedAt)
    const phaseMinutes = definition['timeout-minutes']
    const phaseStart = Date.parse(this.since ?? startedAt)
    const limits = [
      stepMinutes === null ? [] : [stepMinutes * 60_000],
      phaseMinutes === undefined ? [] : [phaseStart + phaseMinutes * 60_000 - now],
      deadlineAt === null ? [] : [Date.parse(deadlineAt) - now],
    ].flat()
    return limits.length === 0 ? null : Math.min(...limits)
  }

  /** A try ended, now or before a restart: its record is written either way, since its key makes it one. */
  tried(step: Try, { end, startedAt, finishedAt }: Trial): void {
    this.since ??= startedAt
    const attempt: Attempt = { ...this.attempt(step), ...endOf(end), startedAt, finishedAt }
    this.world.journal.attempt(attempt)
    this.audit(`${step.id}#${step.number}`, 'step-tried', { ...end })
    const durationMs = Date.parse(finishedAt) - Date.parse(startedAt)
    if (end.kind === 'wait') return
    const state = end.kind === 'done' ? 'succeeded' : 'failed'
    const { phase } = this
    this.tellLive({
      kind: 'step-ended',
      phase,
      step: step.id,
      state,
      facts: factsOf(end),
      durationMs,
    })
  }

  skipped(id: string): void {
    const { phase } = this
    const facts = { state: 'skipped', facts: '', durationMs: 0 } as const
    this.untold.push({ kind: 'step-ended', phase, step: id, ...facts })
  }

  ended(state: 'succeeded' | 'failed' | 'skipped'): void {
    const start = this.since === null ? null : Date.parse(this.since)
    const durationMs = start === null ? 0 : this.world.clock.now().getTime() - start
    if (this.live) this.tellUntold()
    this.tellLive({ kind: 'phase-ended', phase: this.phase, state, durationMs })
  }

  tell(progress: Progress): void {
    this.world.listener.tell(this.input.runId, progress)
  }

  audit(
    key: string,
    type: string,
    data: Parameters<JournaledWorld['journal']['audit']>[0]['data'],
  ) {
    const { runId, phase } = this.input
    this.world.journal.audit({ runId, key: `${phase}/${key}`, type, data })
  }

  private tellLive(progress: Progress): void {
    if (this.live) this.tell(progress)
    else this.untold = []
  }

  private tellUntold(): void {
    for (const progress of this.untold) this.tell(progress)
    this.untold = []
  }

  private attempt({ id, number }: Try) {
    const { runId, phase } = this.input
    const running = { state: 'running', reason: null, detail: null, finishedAt: null } as const
    return { runId, phase, step: id, number, ...running }
  }
}

function endOf(end: Trial['end']): Pick<Attempt, 'state' | 'reason' | 'detail'> {
  switch (end.kind) {
    case 'done':
      return { state: 'succeeded', reason: null, detail: null }
    case 'wait':
      return { state: 'succeeded', reason: null, detail: `waits for ${end.topic}` }
    case 'failed':
      return { state: 'failed', reason: end.reason, detail: end.detail }
    case 'threw':
      return { state: 'failed', reason: null, detail: end.message }
  }
}

/** A step may sum up what it found in an output named `facts`. */
function factsOf(end: Exclude<Trial['end'], { kind: 'wait' }>): string {
  switch (end.kind) {
    case 'done':
      return typeof end.outputs['facts'] === 'string' ? end.outputs['facts'] : ''
    case 'failed':
      return end.detail
    case 'threw':
      return end.message
  }
}
