import type { GateRefusal, GateView, Standing } from '#domain/gate.ts'
import type { Restraint } from '#domain/restraint.ts'

import { autoWords } from './auto-approval.ts'
import { code, plain, withinLimit } from './markdown.ts'
import { oneLine } from './plain-text.ts'
import { planLines, shortDigest } from './plan.ts'
import { restraintLines } from './restraint.ts'

/** Marks the one comment of ours about deploys of a pull request. Nobody sees it. */
export const gateMarker = '<!-- goalkeeper:deploy -->'

/** Why a word about a deploy was not taken, for who said it. */
export const gateRefusals: Readonly<Record<GateRefusal, string>> = {
  bot: 'Only people approve deploys.',
  'role-too-low': 'This needs another role in this repository.',
  'not-listed': 'Others are named for this environment in `.github/goalkeeper.yml`.',
  author: 'Nobody approves a deploy of their own pull request.',
  contributor: 'Nobody approves a deploy of commits that they wrote in.',
  'contributors-unknown':
    'GitHub lists not all commits of this pull request: who wrote in it cannot be known.',
  pusher: 'Nobody approves a deploy of what they pushed themselves.',
  'pusher-unknown':
    'GitHub does not say who pushed this commit: somebody may be approving their own.',
  'other-base': 'Only what goes to the default branch is deployed.',
  fork: 'Changes from forks are not deployed to this environment.',
  closed: 'What was closed without being merged is not deployed.',
  draft: 'A draft is not deployed: make it ready for review first.',
  'work-in-progress': 'Its title says that it is not finished.',
  conflict: 'It conflicts with the branch it goes to.',
  'blocked-by-label': 'A label of the pull request keeps the gate closed.',
  'sha-needed':
    'Name the commit: `/approve-deploy <environment> <at least 7 digits of the commit>`.',
  'sha-differs': 'This is not the commit that would be deployed.',
  'head-moved':
    'Something may have been pushed before this was written. Look again, and name the commit: `/approve-deploy <environment> <at least 7 digits of the commit>`.',
  'same-second':
    'This was written in the second in which the check appeared, and nobody can tell which came first. Say it again, or name the commit: `/approve-deploy <environment> <at least 7 digits of the commit>`.',
  'seen-another-head':
    'This was said about another commit than the one that would be deployed. Say it in the conversation.',
  'emergency-without-reason':
    'An emergency needs a reason: `/approve-deploy … --emergency --reason="…"`.',
  'emergency-role-too-low': 'Only who maintains the repository may call it an emergency.',
  'switched-off': 'Goalkeeper is switched off here.',
  paused: 'Goalkeeper is paused here.',
  locked: 'The environment is locked.',
  frozen: 'Deploys are frozen.',
  'freeze-window': 'The configuration freezes deploys at this time.',
  'outside-hours': 'The configuration has deploys begin at other hours.',
}

export function refusedGate(because: GateRefusal, login: string): string {
  return `${mention(login)}: ${gateRefusals[because]}`
}

export const ungatedWords =
  'No environment is gated here: `.github/goalkeeper.yml` of the default branch names none below `environments`.'

export function whichEnvironment(names: readonly string[], login: string): string {
  return `${mention(login)}: which environment? There is ${names.map(code).join(', ')}.`
}

export function brokenConfiguration(line: number, problem: string): string {
  return `\`.github/goalkeeper.yml\` of the default branch is wrong at line ${line}, so every gate is closed: ${plain(problem)}`
}

/** The comment: what was answered last. */
export function gateComment(answer: string): string {
  return withinLimit(`${gateMarker}\n\n${answer}`)
}

export const brokenTitle = 'The configuration is wrong'

/** A table of the gates of a commit. */
export function gateTable(
  sha: string,
  views: readonly GateView[],
  restraints: readonly Restraint[] = [],
): string {
  const rows = views.map(
    ({ environment, standing, plan, automatic }) =>
      `| ${plain(environment)} | ${standingWords(standing)}${ruleWords(standing, automatic)} | ${code(shortDigest(plan.digest))} |`,
  )
  const head = `Deploys of ${code(sha.slice(0, 12))}`
  const held = restraints.length === 0 ? [] : ['', ...restraintLines(restraints)]
  const table = [`${head}\n`, '| Environment | | Plan |', '|---|---|---|', ...rows, ...held]
  return [...table, '', planLines(views)].join('\n')
}

/** One line for the title of the check. */
export function gateTitle(views: readonly GateView[]): string {
  const kinds = views.map(({ standing }) => standing.kind)
  if (kinds.includes('tampered')) return 'An approval was changed by somebody else'
  if (kinds.includes('rejected')) return 'Rejected'
  if (kinds.includes('blocked')) return 'Approved, but not ready'
  const open = kinds.filter((kind) => kind === 'approved').length
  if (open === views.length) return 'Approved'
  return open === 0 ? 'Waits for approval' : `Approved for ${open} of ${views.length} environments`
}

function standingWords(standing: Standing): string {
  switch (standing.kind) {
    case 'approved':
      return `approved by ${names(standing.by)} until ${standing.until.toISOString().slice(0, 16)}Z${emergencyWords(standing.emergency)}`
    case 'pending':
      return standing.by.length === 0
        ? `needs ${standing.needs} approval${standing.needs === 1 ? '' : 's'}`
        : `approved by ${names(standing.by)}, needs ${standing.needs} more`
    case 'rejected':
      return `rejected by ${names([standing.by])}${standing.reason === null ? '' : `: ${plain(standing.reason)}`}`
    case 'blocked':
      return `approved, but not deployed: ${gateRefusals[standing.because]}`
    case 'tampered':
      return `closed: the approval of ${names([standing.approver])} was changed by somebody else`
    default:
      return standing satisfies never
  }
}

/** Why the rule for small changes does not open what waits for people. */
function ruleWords(standing: Standing, automatic: GateView['automatic']): string {
  return standing.kind === 'pending' && automatic !== null ? ` (${autoWords(automatic)})` : ''
}

function emergencyWords(emergency: Extract<Standing, { kind: 'approved' }>['emergency']): string {
  return emergency === null
    ? ''
    : `, as an emergency (${plain(emergency.by.login)}: ${plain(emergency.reason)})`
}

function names(people: readonly { readonly login: string }[]): string {
  return people.map(({ login }) => plain(login)).join(', ')
}

/** Who is answered gets a word of it; GitHub's own logins have no marks in them. */
export function mention(login: string): string {
  return /^[a-z\d-]+$/i.test(login) ? `@${login}` : plain(login)
}

/** For the record of a delivery. */
export const gateNotes = {
  notOnPull: 'A deploy is a matter of a pull request.',
  noEnvironments: 'No environment is gated.',
  answered: 'Answered.',
  refused: (because: GateRefusal) => `Not taken: ${gateRefusals[because]}`,
  shown: (kinds: readonly Standing['kind'][]) => `The gates stand at ${kinds.join(', ')}.`,
  voided: (source: string, how: string) => `${source} was ${how}: its decision does not count.`,
} as const

/** A line for who runs the service. */
export function gateSweepFailed(because: string): string {
  return `An open gate could not be looked at: ${oneLine(because)}`
}
