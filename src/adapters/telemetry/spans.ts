import { createHash } from 'node:crypto'

import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'

import type { Attempt } from '#domain/run.ts'
import type { FinishedRun } from '#ports/telemetry.ts'

/** What made a trace. */
const resource = resourceFromAttributes({ 'service.name': 'goalkeeper' })

interface Spanned {
  readonly name: string
  /** What it is, in words: the same thing has the same id after any restart. */
  readonly key: string
  readonly parent: string | null
  readonly from: Date
  readonly to: Date
  readonly isBad: boolean
  readonly attributes: Readonly<Record<string, string | number>>
}

/**
 * A run as spans: the webhook that began it, the run, its phases, each try of a step. The trace is the task, so that a
 * repair, its rounds and its deploys are one trace, whatever process had them in hand.
 */
export function spansOf(finished: FinishedRun): ReadableSpan[] {
  const { run, taskId, heard, attempts } = finished
  const traceId = traceOf(taskId ?? run.id)
  const webhook = `webhook ${taskId ?? run.id}`
  const own: Spanned = {
    name: run.workflow,
    key: `run ${run.id}`,
    parent: webhook,
    from: new Date(run.startedAt),
    to: new Date(run.finishedAt ?? run.startedAt),
    isBad: run.outcome === 'failure' || run.outcome === 'timed_out',
    attributes: {
      'goalkeeper.run': run.id,
      'goalkeeper.outcome': run.outcome ?? '',
      'goalkeeper.reason': run.reason ?? '',
    },
  }
  const root: Spanned[] =
    heard === null
      ? []
      : [
          {
            name: `webhook ${heard.name}`,
            key: webhook,
            parent: null,
            from: heard.at,
            to: heard.settledAt,
            isBad: false,
            attributes: { 'goalkeeper.delivery': heard.delivery },
          },
        ]
  const all = [...root, own, ...phasesOf(own.key, attempts)]
  return all.map((one) => spanOf(traceId, one))
}

function phasesOf(parent: string, attempts: readonly Attempt[]): readonly Spanned[] {
  const phases = Map.groupBy(attempts, ({ phase }) => phase)
  return [...phases].flatMap(([phase, tries]) => {
    const key = `${parent} ${phase}`
    const steps = tries.map((one) => stepOf(key, one))
    const times = steps.flatMap(({ from, to }) => [from.getTime(), to.getTime()])
    const isBad = tries.at(-1)?.state === 'failed'
    const span = { name: phase, key, parent, isBad, attributes: {} }
    const [from, to] = [new Date(Math.min(...times)), new Date(Math.max(...times))]
    return [{ ...span, from, to }, ...steps]
  })
}

function stepOf(parent: string, one: Attempt): Spanned {
  const { step, number, state, reason, startedAt, finishedAt } = one
  return {
    name: step,
    key: `${parent} ${step} ${number}`,
    parent,
    from: new Date(startedAt),
    to: new Date(finishedAt ?? startedAt),
    isBad: state === 'failed',
    attributes: {
      'goalkeeper.try': number,
      'goalkeeper.state': state,
      'goalkeeper.reason': reason ?? '',
    },
  }
}

function spanOf(traceId: string, one: Spanned): ReadableSpan {
  const context = (key: string) => ({ traceId, spanId: idOf(key), traceFlags: TraceFlags.SAMPLED })
  const own = context(one.key)
  return {
    name: one.name,
    kind: one.parent === null ? SpanKind.SERVER : SpanKind.INTERNAL,
    spanContext: () => own,
    ...(one.parent === null ? {} : { parentSpanContext: context(one.parent) }),
    startTime: hrTime(one.from.getTime()),
    endTime: hrTime(one.to.getTime()),
    duration: hrTime(Math.max(0, one.to.getTime() - one.from.getTime())),
    status: { code: one.isBad ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes: { ...one.attributes },
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: { name: 'goalkeeper' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  }
}

/** A task's id is a UUID, and its 32 digits are a trace id; anything else is hashed to one. */
function traceOf(taskId: string): string {
  const digits = taskId.replaceAll('-', '').toLowerCase()
  return /^[\da-f]{32}$/.test(digits) ? digits : hashOf(taskId).slice(0, 32)
}

function idOf(key: string): string {
  return hashOf(key).slice(0, 16)
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function hrTime(ms: number): [number, number] {
  return [Math.floor(ms / 1000), (ms % 1000) * 1_000_000]
}
