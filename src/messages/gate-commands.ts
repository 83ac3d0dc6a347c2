import type { Mistaken } from '#domain/command.ts'

import { mention } from './gate.ts'
import { code } from './markdown.ts'

const mistakes: Readonly<Record<Mistaken['because'], (said: string, meant: string) => string>> = {
  'unknown-verb': (said, meant) => `There is no ${said}. Did you mean ${meant}?`,
  'unknown-word': (said, meant) =>
    `${meant} does not know what ${said} is; \`/help\` shows how it is written.`,
  'two-commands': (said) => `One command a comment: ${said} was a second one, and none was done.`,
}

export function mistakenWords({ because, said, meant }: Mistaken, login: string): string {
  return `${mention(login)}: ${mistakes[because](code(said), code(meant ?? said))}`
}

/** What may be said, and by whom. */
export const helpText = `| Command | Role | What it does |
|---|---|---|
| \`/approve-deploy [environment] [commit] [--emergency] [--reason="…"]\` | by the rules | lets a commit of this pull request be deployed; not for who wrote or pushed in it. An emergency goes through freezes, and needs a reason and the role maintain |
| \`/reject-deploy [environment] [--reason="…"]\` | write | closes the gate until somebody approves after it |
| \`/deploy [environment]\` | write | begins what is merged and approved, also once more where nothing went live |
| \`/rollback [environment] [reason]\` | write | takes back what is live to what was verified before it, also while Goalkeeper is paused; then nothing is deployed there until somebody approves anew |
| \`/lock [environment] [reason]\`, \`/unlock\` | write | nothing is deployed to an environment |
| \`/freeze [reason]\`, \`/resume\` | maintain | nothing is deployed from this repository; what was approved before has to be approved again |
| \`/pause [all] [reason]\`, \`/resume [all]\` | maintain, for \`all\` admin | nothing new is done here, or in all repositories; what goes on is watched, and taken back where it is bad |
| \`/retry\` | triage | a repair, or what is merged and approved, is tried again |
| \`/cancel\` | write | ends the repairs of this branch and closes its gates |
| \`/auto-fix\` | triage | asks for a repair |
| \`/status\`, \`/help\` | triage | how the gates of this pull request stand; this |

A command is the first line of a comment, from its left edge, and one a comment. Also the text of a review, or a comment at a line, may give one about deploys. An edited comment never gives a command.`

export function roleTooLow(login: string): string {
  return `${mention(login)}: this needs another role in this repository; \`/help\` shows which.`
}

export function cancelledWords(login: string) {
  return { title: 'Cancelled', summary: `${mention(login)} cancelled this repair.` }
}

export function cancelledNote(repairs: number, gates: number): string {
  return `Cancelled: ${repairs} repair${repairs === 1 ? '' : 's'}, and closed ${gates} gate${gates === 1 ? '' : 's'}.`
}
