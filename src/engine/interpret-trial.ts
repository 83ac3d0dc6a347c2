import { z } from 'zod'

import type { Json, Outcome } from '#domain/outcome.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import type { Trial } from './interpret-records.ts'

/** How long a step that was told to stop may take to clean up before it is left alone. */
const graceMs = 5000

export interface TrialCall {
  readonly kind: StepKind | undefined
  readonly uses: string
  readonly input: Json
  readonly context: Omit<StepContext, 'signal'>
  /** Milliseconds it may take; null when nothing limits it. */
  readonly timeoutMs: number | null
}

/**
 * Calls a step kind once and gives its answer. What it throws becomes `threw`; the time being up becomes `failed`.
 * Throws only when `cancelled` fired: then the run is over and nothing is to be recorded.
 */
export async function tryStep(call: TrialCall, cancelled: AbortSignal): Promise<Trial['end']> {
  const { kind } = call
  if (!kind) return misconfigured(`There is no step kind named "${call.uses}".`)
  const parsed = kind.input.safeParse(call.input)
  if (!parsed.success) return misconfigured(z.prettifyError(parsed.error))
  if (call.timeoutMs !== null && call.timeoutMs <= 0) return timedOut(call)
  return answerOf(call, cancelled, (signal) => kind.run(parsed.data, { ...call.context, signal }))
}

async function answerOf(
  call: TrialCall,
  cancelled: AbortSignal,
  run: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Trial['end']> {
  const timeout = call.timeoutMs === null ? null : AbortSignal.timeout(call.timeoutMs)
  const signal = timeout ? AbortSignal.any([cancelled, timeout]) : cancelled
  const patience = patienceWith(signal)
  try {
    return await Promise.race([run(signal), patience.runsOut])
  } catch (error) {
    if (cancelled.aborted) throw error
    if (timeout?.aborted) return timedOut(call)
    return { kind: 'threw', message: messageOf(error) }
  } finally {
    patience.end()
  }
}

/** `runsOut` rejects a while after `signal` fired, for steps that do not heed it; never after `end`. */
function patienceWith(signal: AbortSignal): { readonly runsOut: Promise<never>; end(): void } {
  const { promise: runsOut, reject } = Promise.withResolvers<never>()
  let timer: NodeJS.Timeout | undefined
  const begin = () => {
    timer = setTimeout(() => {
      reject(new Error('The step did not stop when it was told to.'))
    }, graceMs)
  }
  if (signal.aborted) begin()
  else signal.addEventListener('abort', begin, { once: true })
  return {
    runsOut,
    end() {
      signal.removeEventListener('abort', begin)
      clearTimeout(timer)
    },
  }
}

function misconfigured(detail: string): Outcome & { kind: 'failed' } {
  return { kind: 'failed', reason: 'configuration-invalid', detail }
}

function timedOut({ timeoutMs, uses }: TrialCall): Outcome & { kind: 'failed' } {
  const seconds = Math.max(0, Math.round((timeoutMs ?? 0) / 1000))
  return { kind: 'failed', reason: 'timed-out', detail: `${uses} was given ${seconds} s.` }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
