import type { AutoApprove } from '#domain/auto-approval.ts'
import type { DeployPlan } from '#domain/deploy.ts'
import type { GateRules, GateView } from '#domain/gate.ts'

import { duration } from './duration.ts'
import { code, plain } from './markdown.ts'
import { workKinds } from './work-kind.ts'

/** A digest as people compare it: long enough that no two plans of a repository share it. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12)
}

/** What an approval is bound to beside the files, in words: a list of Markdown with one plan a line. */
export function planLines(views: readonly Pick<GateView, 'environment' | 'plan'>[]): string {
  const lines = views.map(
    ({ environment, plan: { digest, rules } }) =>
      `- ${plain(environment)}, plan ${code(shortDigest(digest))}: ${[...who(rules), ...when(rules), how(rules.deploy)].join('; ')}`,
  )
  return [
    'An approval holds for the files of this commit and for this plan; where one of them changes, it is asked for again.',
    '',
    ...lines,
  ].join('\n')
}

function who({ approvals, role, people, teams, forks, ...rules }: GateRules): readonly string[] {
  const auto = rules['auto-approve']
  const named = [...people, ...teams.map((team) => `the team ${team}`)].map(plain)
  const by = named.length === 0 ? '' : `, of ${named.join(', ')}`
  return [
    `${approvals} approval${approvals === 1 ? '' : 's'} of the role ${role} or more${by}`,
    ...(rules['require-sha'] ? ['that name the commit'] : []),
    ...(forks ? ['of forks too'] : []),
    ...(auto === null ? [] : [automatic(auto)]),
  ]
}

function automatic({ files, lines, paths, kinds }: AutoApprove): string {
  const where = paths.map(code).join(', ')
  const what = kinds === null ? '' : ` (${kinds.map((kind) => workKinds[kind]).join(', ')})`
  return `or of nobody where at most ${files} files and ${lines} lines of ${where}${what} change and nothing speaks against it`
}

function when(rules: GateRules): readonly string[] {
  const { freezes, hours } = rules
  const labels = rules['blocking-labels'].map(code)
  return [
    `good for ${duration(rules['expires-hours'] * 3_600_000)}`,
    ...(labels.length === 0 ? [] : [`not with the label ${labels.join(' or ')}`]),
    ...(freezes.length === 0
      ? []
      : [`not in ${freezes.length} freeze${freezes.length === 1 ? '' : 's'}`]),
    ...(hours === null ? [] : ['begun at its hours alone']),
  ]
}

function how(deploy: DeployPlan | null): string {
  if (deploy === null) return 'deployed by others'
  const { probes, metrics } = deploy
  const seconds = (name: 'patience-seconds' | 'settle-seconds' | 'bake-seconds') =>
    duration(deploy[name] * 1000)
  const landing = deploy['land-revert'] ? ' and is merged once it is green' : ''
  const watched = [
    ...(probes.length === 0 ? [] : [`${probes.length} probe${probes.length === 1 ? '' : 's'}`]),
    ...(metrics === null ? [] : ['its errors']),
  ]
  return [
    `deployed within ${seconds('patience-seconds')}`,
    `left to settle for ${seconds('settle-seconds')}`,
    watched.length === 0
      ? 'watched by nothing'
      : `watched for ${seconds('bake-seconds')} by ${watched.join(' and ')}`,
    ...(deploy.revert ? [`and where it is bad a pull request takes it back${landing}`] : []),
  ].join(', ')
}

/** For the progress of a run, at the moment the approval is used. */
export function approvalUsed(by: readonly string[], digest: string): string {
  return `approved by ${by.join(', ')} for the plan ${shortDigest(digest)}`
}
