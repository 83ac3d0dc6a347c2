import type { RollbackRefusal } from '#domain/deploy.ts'

import { mention } from './gate.ts'
import { code } from './markdown.ts'

const refusals: Readonly<Record<RollbackRefusal, string>> = {
  'nothing-deployed': 'nothing was deployed there by Goalkeeper.',
  'nothing-verified': 'nothing was verified there before, so there is nothing to go back to.',
  'taken-back': 'what was deployed there last was taken back already.',
  'never-live': 'the deploy that was meant never went live.',
  'under-way': 'it is being taken back already.',
  'role-too-low': 'this needs another role in this repository.',
  'turn-lost': 'nobody was heard of for an hour, and others had their turn.',
  shadow: 'Goalkeeper is in shadow mode here and changes nothing.',
}

export function takeBackRefused(
  because: RollbackRefusal,
  environment: string,
  login: string,
): string {
  return `${mention(login)}: ${code(environment)} is not rolled back: ${refusals[because]}`
}

export function takeBackBegun(of: {
  readonly environment: string
  readonly sha: string
  readonly previous: string
  readonly pull: number
  readonly login: string
}): string {
  const { environment, sha, previous, pull, login } = of
  return `${mention(login)}: ${code(environment)} is rolled back from ${code(sha.slice(0, 12))} to ${code(previous.slice(0, 12))}, which was verified before it; #${pull} tells what comes of it. Until somebody approves anew, nothing is deployed there.`
}

/** Marks what is said of a rollback that came to nothing. */
export function takeBackMarker(runId: string): string {
  return `<!-- goalkeeper:rollback:${runId} -->`
}

/** For the record of a delivery. */
export const takeBackNotes = {
  begun: (runId: string) => `A rollback began: ${runId}.`,
  refused: (because: RollbackRefusal) => `Not rolled back: ${refusals[because]}`,
} as const
