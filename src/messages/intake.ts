import type { Heard, IgnoredReason } from '#domain/heard.ts'

import { oneLine, shortened } from './plain-text.ts'

/** What stands in the record of a delivery that means nothing to us. */
export function ignoredNote({ because, detail }: Extract<Heard, { kind: 'ignored' }>): string {
  return detail === null ? ignoredWords[because] : `${ignoredWords[because]} (${oneLine(detail)})`
}

const ignoredWords: Readonly<Record<IgnoredReason, string>> = {
  'unknown-event': 'Ignored: nothing here listens to this event.',
  'other-action': 'Ignored: nothing here listens to this action.',
  'not-red': 'Ignored: what ended is not red.',
  'not-over': 'Ignored: the deploy is not over.',
  'own-check': 'Ignored: the check is our own report.',
  'own-act': 'Ignored: we did this ourselves.',
  'not-asked': 'Ignored: nobody asks us for anything.',
  'not-a-branch': 'Ignored: a tag or a note, not a branch.',
  'no-installation': 'Ignored: not sent to an installation of the App.',
  unreadable: 'Ignored: it is not shaped as GitHub describes it.',
}

/** What became of each event of a delivery, in one line of its record. */
export function handledNote(notes: readonly string[]): string {
  return shortened(oneLine(notes.join(' ')), 2000)
}

export function listening(url: string, path: string): string {
  return `Goalkeeper takes webhooks at ${url}${path}; /health and /ready say how it is.`
}

/** A line of a run's progress in the log of a service that has several. */
export function progressOf(runId: string, line: string): string {
  return `${runId} ${line}`
}

export function leaving(): string {
  return 'Stopping: what is in hand is brought to its end, the rest is kept in the inbox.'
}

export function left(): string {
  return 'Stopped.'
}

export function notIdentified(because: string): string {
  return `GitHub does not say who this App is; deliveries are kept until it does. ${oneLine(because)}`
}

export function sweepFailed(because: string): string {
  return `What was missed could not be looked for: ${oneLine(because)}`
}

export function sweptUp(asked: number): string {
  return `${asked === 1 ? 'One missed delivery was' : `${asked} missed deliveries were`} asked for again.`
}

export function sweptUpChecks(found: number): string {
  return `${found === 1 ? 'One red commit was' : `${found} red commits were`} found that nothing was heard of.`
}

/** Why /ready says no. */
export const notReady = {
  stopping: 'This process is stopping.',
  unidentified: 'GitHub has not said yet who this App is.',
  database: 'The database does not answer.',
} as const
