import type { Octokit } from '@octokit/rest'

import { gateCheckName, policyPath } from '#domain/gate.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { DeployableChange } from '#ports/deploys.ts'

import { type AppIdentity, named } from './client.ts'
import { contributorsOf } from './contributors.ts'

interface At {
  readonly client: Octokit
  readonly repository: HostedRepository
  readonly app: AppIdentity
}

/** A pull request, asked about from several sides; throws where GitHub does not answer. */
export async function lookAtChange(at: At, number: number): Promise<DeployableChange> {
  const { client, repository } = at
  const place = { ...named(repository), pull_number: number }
  const { data: pull } = await client.rest.pulls.get(place)
  const state = pull.merged ? 'merged' : pull.state
  const merged = pull.merge_commit_sha
  const sha = state === 'merged' && merged !== null ? merged : pull.head.sha
  const isFork = pull.head.repo?.id !== pull.base.repo.id
  return {
    number,
    state,
    title: pull.title,
    labels: pull.labels.map(({ name }) => name),
    isDraft: pull.draft === true,
    isConflicted: pull.mergeable === false,
    isFork,
    isForDefault: pull.base.ref === pull.base.repo.default_branch,
    defaultBranch: pull.base.repo.default_branch,
    sha,
    changesPolicy: await changesPolicy(at, number, pull.changed_files),
    baseSha: pull.base.sha,
    tree: await treeOf(at, sha),
    mergedTree: merged === null ? null : await treeOf(at, merged),
    shownAt: await shownAt(at, number, sha),
    mergedAt: pull.merged_at === null ? null : new Date(pull.merged_at),
    author: pull.user.id,
    contributors: await contributorsOf(client, place, pull.commits),
    ...(isFork ? { pusher: pull.user.id, pushedAt: null } : await lastPush(at, pull.head)),
  }
}

/** GitHub lists no more files of a pull request than this. */
const mostFiles = 3000

async function changesPolicy(
  { client, repository }: At,
  pull_number: number,
  count: number,
): Promise<boolean> {
  if (count > mostFiles) return true
  const place = { ...named(repository), pull_number, per_page: 100 }
  const files = await client.paginate(client.rest.pulls.listFiles, place)
  return files.some(
    ({ filename, previous_filename: before }) => filename === policyPath || before === policyPath,
  )
}

async function treeOf({ client, repository }: At, commit_sha: string): Promise<string> {
  const { data } = await client.rest.git.getCommit({ ...named(repository), commit_sha })
  return data.tree.sha
}

/** When our check came to this commit: what GitHub itself has noted, not what a commit says of its date. */
async function shownAt(at: At, number: number, ref: string): Promise<Date | null> {
  const { client, repository, app } = at
  const place = { ...named(repository), ref, check_name: gateCheckName, app_id: app.id }
  const { data } = await client.rest.checks.listForRef({ ...place, filter: 'all', per_page: 100 })
  const ours = data.check_runs.find(({ external_id }) => external_id === `pull ${number}`)
  return ours?.started_at ? new Date(ours.started_at) : null
}

/** Who brought the branch to where it is, and when, by GitHub's record of pushes and not by the commits. */
async function lastPush(
  { client, repository }: At,
  { ref: branch, sha }: { readonly ref: string; readonly sha: string },
): Promise<Pick<DeployableChange, 'pusher' | 'pushedAt'>> {
  const ref = `refs/heads/${branch}`
  const place = { ...named(repository), ref, per_page: 30 }
  const { data } = await client.rest.repos.listActivities(place)
  const found = data.find(({ after }) => after === sha)
  const pushedAt = found === undefined ? null : new Date(found.timestamp)
  return { pusher: found?.actor?.id ?? null, pushedAt }
}
