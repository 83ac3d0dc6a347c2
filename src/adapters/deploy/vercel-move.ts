import type { Project } from './vercel-api.ts'

type Move = 'there' | 'under-way' | 'failed' | 'to-be-asked'

interface Wanted {
  readonly how: 'promote' | 'rollback'
  /** What was asked before that was asked by others. */
  readonly since: Date
}

/** How far production is on its way to a deployment, by what Vercel says of the project. */
export function moveTo(project: Project, deployment: string, { how, since }: Wanted): Move {
  const asked = askedMove(project, deployment, { how, since })
  if (asked === 'failed' || asked === 'under-way') return asked
  if (project.targets?.production?.id === deployment) return 'there'
  const isComing = asked === 'there' || (how === 'promote' && movesByItself(project))
  return isComing ? 'under-way' : 'to-be-asked'
}

/** What came of our asking; null where the last one to ask was not us. */
function askedMove(
  { lastAliasRequest: last }: Project,
  deployment: string,
  { how, since }: Wanted,
): Exclude<Move, 'to-be-asked'> | null {
  if (last?.toDeploymentId !== deployment || last.type !== how) return null
  if (last.requestedAt < since.getTime()) return null
  if (last.jobStatus === 'failed') return 'failed'
  return last.jobStatus === 'succeeded' ? 'there' : 'under-way'
}

/** After an instant rollback Vercel gives its domains to no new deployment by itself. */
function movesByItself({ autoAssignCustomDomains, lastAliasRequest }: Project): boolean {
  return autoAssignCustomDomains && lastAliasRequest?.type !== 'rollback'
}
