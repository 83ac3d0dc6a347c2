import type { Json } from '#domain/outcome.ts'
import type { PhaseDefinition } from '#domain/workflow.ts'

import {
  approvalTopic,
  decision,
  type PhaseEnded,
  type PhaseInput,
  type PhaseWaiting,
} from './interpret-records.ts'

interface Approving {
  readonly environment: string
  readonly required: number
  /** Who approved so far, each once. */
  readonly by: readonly string[]
}

/** Where a phase of a run is between two rounds. */
export type PhaseState =
  | {
      readonly kind: 'ready'
      readonly entry: number
      readonly resumption: PhaseInput['resumption']
    }
  | {
      readonly kind: 'waiting'
      readonly for: PhaseWaiting | Approving
      readonly entry: number
      readonly timeoutMs: number
    }
  | { readonly kind: 'ended'; readonly ended: PhaseEnded }

type Waiting = Extract<PhaseState, { kind: 'waiting' }>

export function firstState({ approval }: PhaseDefinition): PhaseState {
  if (!approval) return { kind: 'ready', entry: 1, resumption: null }
  const { environment, required } = approval
  const timeoutMs = approval['timeout-minutes'] * 60_000
  return { kind: 'waiting', for: { environment, required, by: [] }, entry: 0, timeoutMs }
}

export function topicOf(phase: string, { for: what }: Waiting): string {
  return 'topic' in what ? what.topic : approvalTopic(phase)
}

/** What a message, or null for the time being up, makes of a waiting phase. */
export function afterMessage(state: Waiting, message: Json | null): PhaseState {
  const { for: what, entry } = state
  if ('required' in what) return afterDecision(state, what, message)
  const { step, steps, since, tries, resumes } = what
  return {
    kind: 'ready',
    entry: entry + 1,
    resumption: { step, steps, since, tries, resumes, message },
  }
}

function afterDecision(state: Waiting, what: Approving, message: Json | null): PhaseState {
  if (message === null) {
    return refused('timed-out', `Nobody approved ${what.environment} in time.`)
  }
  const parsed = decision.safeParse(message)
  // What is no decision decides nothing.
  if (!parsed.success) return state
  const { approved, by } = parsed.data
  if (!approved) return refused('cancelled', `${by} did not approve ${what.environment}.`)
  const all = [...new Set([...what.by, by])]
  if (all.length >= what.required) return { kind: 'ready', entry: 1, resumption: null }
  return { ...state, for: { ...what, by: all } }
}

function refused(reason: 'timed-out' | 'cancelled', detail: string): PhaseState {
  const failure = { result: 'failure', outputs: {}, warned: false } as const
  return { kind: 'ended', ended: { kind: 'ended', ...failure, reason, detail } }
}
