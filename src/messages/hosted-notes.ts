import type { AdmissionReason } from '#domain/admission.ts'

/** Marks the one comment of ours on a pull request or issue. Nobody sees it. */
export const commentMarker = '<!-- goalkeeper:auto-fix -->'

export function startedWords(failed: readonly string[]): {
  readonly title: string
  readonly summary: string
} {
  const because = failed.length === 0 ? 'somebody asked' : 'a check failed'
  return {
    title: 'Looking for a fix',
    summary: `Goalkeeper looks at this commit because ${because}. Each red check is reproduced in a sandbox first.`,
  }
}

export function pullRequestNote({ number, url }: { number: number; url: string }): string {
  return `pull request #${number}: ${url}`
}

export const forkNote =
  'the branch stands in a fork: nothing is pushed there, the fix is shown in the comment'

export function waitingForChecksNote(failed: number): string {
  return failed === 0 ? 'its checks are under way' : `${failed} of its checks are red`
}

export function admissionNote(because: AdmissionReason): string {
  return admissions[because]
}

const admissions: Record<AdmissionReason, string> = {
  'switched-off': 'AGENT_ENABLED or a variable of the repository says no: no run is started.',
  paused: 'Somebody paused Goalkeeper here: no run is started.',
  'own-branch': 'The branch is one of ours: the run that wrote it watches it.',
  closed: 'What is closed is left alone.',
  'head-unknown':
    'GitHub names no branch for this commit, and no open pull request has it as its head.',
}

export function askedInVainNote(role: string): string {
  return `Only who has the triage role or more may ask; GitHub says ${role}.`
}

export function runNote(runId: string, isNew: boolean): string {
  return isNew ? `started ${runId}` : `${runId} is about this already`
}

export function incidentNote(runId: string, isClosed: boolean): string {
  return `the incident of ${runId} is ${isClosed ? 'closed' : 'open again'}`
}

export const notedNote = 'Noted; nothing is done about it.'

export function newsNote(runs: readonly string[]): string {
  return runs.length === 0 ? notedNote : `told ${runs.join(', ')}`
}

export function toldNote(number: number): string {
  return `told #${number} what came of its commit`
}

export function withdrawnNote(numbers: readonly number[]): string {
  return `green again: closed ${numbers.map((number) => `#${number}`).join(', ')}`
}
