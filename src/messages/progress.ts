import type { Progress } from '#domain/progress.ts'

import { duration } from './duration.ts'
import { oneLine } from './plain-text.ts'

type Of<Kind extends Progress['kind']> = Extract<Progress, { kind: Kind }>
type State = Of<'step-ended'>['state']

/** The whole tree of S0-40 for what was told so far; phases count from 1 in the order they started. */
export function progressTree(told: readonly Progress[]): string {
  const phases = told.filter((event) => event.kind === 'phase-started')
  const blocks = phases.map((phase, index) =>
    phaseBlock(
      { ...phase, number: index + 1 },
      told.filter((event) => event.phase === phase.phase),
    ),
  )
  return blocks.join('\n\n')
}

/** One event as one line that can be written at once and never changes, for logs; null where nothing was told. */
export function progressLine(told: readonly Progress[]): string | null {
  const event = told.at(-1)
  if (event === undefined) return null
  const number = numberOf(told, event.phase)
  switch (event.kind) {
    case 'phase-started':
      return heading(number, event.name)
    case 'phase-ended':
      // A phase or a step that is passed over ends without a beginning, and is no news.
      return number === 0 ? null : footer(number, event)
    case 'step-started':
      return `├── ${oneLine(event.name)}...`
    case 'step-ended':
      return stepEndLine(told, event)
    case 'note':
      return `│   └── ${oneLine(event.text)}`
  }
}

/** The line below the whole tree: "auto-fix: ✓ SUCCESS (2 minutes 17 seconds total)". */
export function totalLine(name: string, succeeded: boolean, ms: number): string {
  return `${oneLine(name)}: ${succeeded ? '✓ SUCCESS' : '✗ FAILED'} (${duration(ms)} total)`
}

function phaseBlock(
  phase: Of<'phase-started'> & { readonly number: number },
  events: readonly Progress[],
): string {
  const steps = events.filter((event) => event.kind === 'step-started')
  const lines = steps.flatMap((step, index) =>
    stepLines(
      step,
      events.filter((event) => 'step' in event && event.step === step.step),
      index === steps.length - 1,
    ),
  )
  const end = events.find((event) => event.kind === 'phase-ended')
  const foot = end === undefined ? [] : ['', footer(phase.number, end)]
  return [heading(phase.number, phase.name), ...lines, ...foot].join('\n')
}

function stepLines(
  step: Of<'step-started'>,
  events: readonly Progress[],
  last: boolean,
): readonly string[] {
  const end = events.findLast((event) => event.kind === 'step-ended')
  const state = end === undefined ? '' : ` ${stepEnd(end)}`
  const notes = events
    .filter((event) => event.kind === 'note')
    .map(({ text }) => `${last ? ' ' : '│'}   └── ${oneLine(text)}`)
  return [`${last ? '└' : '├'}── ${oneLine(step.name)}...${state}`, ...notes]
}

function heading(number: number, name: string): string {
  return `Phase ${number}: ${oneLine(name)} [In Progress]`
}

function footer(number: number, { state, durationMs }: Of<'phase-ended'>): string {
  return `Phase ${number}: ${words[state]} (${duration(durationMs)})`
}

function stepEnd({ state, facts, durationMs }: Of<'step-ended'>): string {
  const said = oneLine(facts)
  if (state === 'skipped') return said === '' ? words[state] : `${words[state]} (${said})`
  return `${words[state]} (${said === '' ? '' : `${said}, `}${duration(durationMs)})`
}

function numberOf(told: readonly Progress[], phase: string): number {
  const started = told.filter((event) => event.kind === 'phase-started')
  return started.findIndex((event) => event.phase === phase) + 1
}

function stepEndLine(told: readonly Progress[], event: Of<'step-ended'>): string | null {
  if (event.state === 'skipped' && !isBegun(told, event)) return null
  return isBelowItsName(told, event)
    ? `│   ${stepEnd(event)}`
    : `├── ${oneLine(nameOf(told, event))}... ${stepEnd(event)}`
}

function isBegun(told: readonly Progress[], { phase, step }: Of<'step-ended'>): boolean {
  return told.some(
    (event) => event.kind === 'step-started' && event.phase === phase && event.step === step,
  )
}

/** Whether the last line told of the same step; where steps go on side by side, each end names its own. */
function isBelowItsName(told: readonly Progress[], { phase, step }: Of<'step-ended'>): boolean {
  const last = told.at(-2)
  return last !== undefined && 'step' in last && last.phase === phase && last.step === step
}

function nameOf(told: readonly Progress[], { phase, step }: Of<'step-ended'>): string {
  const start = told.findLast(
    (event) => event.kind === 'step-started' && event.phase === phase && event.step === step,
  )
  return start?.kind === 'step-started' ? start.name : step
}

const words: Record<State, string> = {
  succeeded: '✓ COMPLETED',
  failed: '✗ FAILED',
  skipped: '⚠ SKIPPED',
}
