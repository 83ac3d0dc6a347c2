import type { Run } from '#domain/run.ts'

import { oneLine } from './plain-text.ts'

/** The newest runs, one line each, oldest first. */
export function runList(runs: readonly Run[]): string {
  if (runs.length === 0) return 'There is no run on record yet.\n'
  const lines = runs.map(
    ({ id, state, outcome, repository }) => `${id}  ${outcome ?? state}  ${oneLine(repository)}`,
  )
  return `${lines.join('\n')}\n\nnpm run record -- <run> shows one.\n`
}

export function unknownRun(id: string): string {
  return `There is no record of ${oneLine(id)}; npm run record lists those that there are.`
}

export const wouldHave = 'Would have been published, and was not (shadow mode):'
