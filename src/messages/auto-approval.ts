import type { AutoAnswer, AutoRefusal, AutoSeen } from '#domain/auto-approval.ts'

import { workKinds } from './work-kind.ts'

const refusals: Readonly<Record<AutoRefusal, string>> = {
  fork: 'it comes from a fork',
  policy: 'it changes the rules',
  'nothing-verified': 'nothing verified is live to hold it against',
  'on-hold': 'something was taken back, and a person has to go on',
  'deployed-before': 'it was deployed before',
  'too-many-files': 'it brings too many files',
  'other-paths': 'it brings files that the rule does not name',
  'too-many-lines': 'it brings too many lines',
  unreadable: 'not all of it could be read',
  risky: 'it is of a kind that people look at',
  'other-kind': 'it is another kind of work than the rule names',
  'no-way-back': 'it may not be possible to take it back',
  'checks-red': 'its checks are red',
  'checks-missing': 'no checks said that it is green',
}

const waits = {
  'checks-pending': 'waits for its checks',
  'deploy-under-way': 'waits for the deploy that goes on',
} as const

/** What stands beside the gate for as long as the rule has not opened it. */
export function autoWords(answer: AutoAnswer): string {
  switch (answer.kind) {
    case 'approves':
      return 'auto-approve: yes'
    case 'waits':
      return `auto-approve ${waits[answer.because]}`
    case 'refuses':
      return `not by auto-approve: ${refusals[answer.because]}`
    default:
      return answer satisfies never
  }
}

/** The evidence, as it is written into the ledger beside the decision. */
export function autoEvidence(
  { files: { length: files }, lines, work, since }: AutoSeen,
  paths: readonly string[],
): string {
  const size = `${files} file${files === 1 ? '' : 's'}, ${lines} line${lines === 1 ? '' : 's'}`
  const where = paths.join(', ').slice(0, 300)
  return `${size} since ${since.slice(0, 12)}, all in ${where}; kind of work: ${workKinds[work]}; nothing risky, checks green`
}
