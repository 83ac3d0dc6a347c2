import type { Withheld } from '#domain/withheld.ts'

import { oneLine } from './plain-text.ts'

/** The line in the log when a pull request would have been opened. */
export function withheldNote({ title, base }: { title: string; base: string }): string {
  return `shadow mode: “${oneLine(title)}” for ${oneLine(base)} is on record and nowhere else`
}

export const shadowLine =
  'Shadow mode: everything is done but publishing; npm run record shows what would have been.'

/** What a run in shadow mode would have published, for people. */
export function withheldText(all: readonly Withheld[]): string {
  return all.map((one) => `── ${heading(one)}\n${content(one)}`).join('\n')
}

function heading(one: Withheld): string {
  switch (one.kind) {
    case 'check-run':
      return `Check run on ${one.headSha.slice(0, 12)} (${one.conclusion ?? 'in progress'}): ${oneLine(one.title)}`
    case 'comment':
      return `Comment on #${one.issue}`
    case 'issue':
      return `Issue (${one.state}): ${oneLine(one.title)} [${one.labels.join(', ')}]`
    case 'reaction':
      return `Eyes on what was asked at #${one.issue}`
    case 'commit':
      return `Commit ${one.sha.slice(0, 12)} on ${one.branch}`
    case 'branch':
      return `Push of ${one.branch}`
    case 'pull-request':
      return `Pull request of ${one.head} into ${one.base}: ${oneLine(one.title)} [${one.labels.join(', ')}]`
    case 'pull-request-change':
      return `Pull request #${one.number}: ${one.change}`
  }
}

function content(one: Withheld): string {
  switch (one.kind) {
    case 'check-run':
      return indented(one.summary)
    case 'comment':
    case 'issue':
    case 'pull-request':
      return indented(one.body)
    case 'commit':
      return `${indented(one.message)}\n\n${indented(one.diff)}`
    case 'reaction':
    case 'branch':
    case 'pull-request-change':
      return ''
  }
}

/** Texts of a repository come to a terminal: marks that steer it are left out. */
function indented(text: string): string {
  const lines = text.trimEnd().split('\n')
  return `\n${lines.map((line) => `   ${line.replaceAll(/[\p{Cc}\p{Cf}]/gu, '')}`.trimEnd()).join('\n')}\n`
}
