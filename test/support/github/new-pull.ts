import { appBehind, accountOf, type Actor } from './actor.ts'
import { type PullOf, pullOf } from './answers/pulls.ts'
import { isAncestor, refAt } from './git/refs.ts'
import { git } from './git/run-git.ts'
import { type House, nextId } from './house.ts'
import { newIssue } from './issues.ts'
import { updatePullRefs } from './pull-facts.ts'
import { invalid, type Problem, Refusal } from './refusal.ts'
import { otherOf } from './routes/comparison.ts'
import type { NewPullAsked } from './routes/pulls.ts'
import type { Pull, Repository } from './state.ts'
import { announcePull } from './webhooks/announce.ts'

interface New {
  readonly actor: Actor
  readonly asked: NewPullAsked
}

/** Opens a pull request, or says with 422 what GitHub would say. */
export async function newPull(
  house: House,
  repository: Repository,
  { actor, asked }: New,
): Promise<PullOf> {
  const author = accountOf(actor)
  if (author === null) throw new Refusal(401, 'Requires authentication')
  const pull = await sidesOf(house, repository, asked)
  refuseSecond(repository, pull)
  const { title, body } = asked
  if (title === undefined) throw problem({ code: 'missing_field', field: 'title' })
  const own = { author, app: appBehind(actor), title, body: body ?? null }
  const issue = newIssue(house, repository, { ...own, pull })
  const of = { repository, issue, pull }
  await updatePullRefs(of)
  await announcePull(house, { of, action: 'opened', sender: author })
  await house.opened(of, author)
  return of
}

async function sidesOf(house: House, repository: Repository, asked: NewPullAsked): Promise<Pull> {
  const { directory } = repository
  const { from, branch, headSha } = await headOf(house, repository, asked.head)
  const baseSha = await refAt(directory, `refs/heads/${asked.base}`)
  if (baseSha === null) throw problem({ code: 'invalid', field: 'base' })
  if (from !== repository) await git(directory, ['fetch', '--quiet', from.directory, headSha])
  if (await isAncestor(directory, headSha, baseSha))
    throw custom(`No commits between ${asked.base} and ${asked.head}`)
  return {
    id: nextId(house),
    headRepository: from,
    headBranch: branch,
    headSha,
    baseBranch: asked.base,
    baseSha,
    draft: asked.draft,
    maintainerCanModify: from !== repository && asked.maintainer_can_modify,
    merged: null,
    requestedReviewers: new Set(),
    reviews: [],
  }
}

/** `branch`, or `owner:branch` of another repository in the network. */
async function headOf(house: House, repository: Repository, head: string) {
  const colon = head.indexOf(':')
  const branch = head.slice(colon + 1)
  const from = colon < 0 ? repository : otherOf(house, repository, head.slice(0, colon))
  const headSha = from === null ? null : await refAt(from.directory, `refs/heads/${branch}`)
  if (from === null || headSha === null) throw problem({ code: 'invalid', field: 'head' })
  return { from, branch, headSha }
}

function refuseSecond(
  repository: Repository,
  { headRepository, headBranch, baseBranch }: Pull,
): void {
  const same = repository.issues
    .filter(({ state }) => state === 'open')
    .flatMap((issue) => pullOf(repository, issue) ?? [])
    .find(
      ({ pull }) =>
        pull.headRepository === headRepository &&
        pull.headBranch === headBranch &&
        pull.baseBranch === baseBranch,
    )
  const label = `${headRepository.owner.login}:${headBranch}`
  if (same !== undefined) throw custom(`A pull request already exists for ${label}.`)
}

function custom(message: string): Refusal {
  return problem({ code: 'custom', message })
}

function problem(of: Omit<Problem, 'resource'>): Refusal {
  return invalid({ resource: 'PullRequest', ...of })
}
