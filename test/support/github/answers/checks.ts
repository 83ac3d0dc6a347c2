import type { Annotation, CheckRun, CheckSuite } from '../checks-state.ts'
import { commitOrNull } from '../git/commits.ts'
import { type House, nodeId, pageUrl, repositoryUrl, time, timeOrNull } from '../house.ts'
import type { Repository } from '../state.ts'
import { appAnswer } from './accounts.ts'
import { headCommitAnswer } from './commits.ts'
import { minimalPullAnswer, pullOf } from './pulls.ts'
import { repositoryAnswer } from './repositories.ts'

/** GitHub's `check-run`. */
export function checkRunAnswer(house: House, repository: Repository, run: CheckRun) {
  const url = checkRunUrl(house, repository, run)
  const page = `${pageUrl(house, repository)}/runs/${run.id}`
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CR', run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: timeOrNull(run.startedAt),
    completed_at: timeOrNull(run.completedAt),
    output: {
      ...run.output,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: appAnswer(house, run.suite.app),
    pull_requests: pullsAt(house, repository, run.headSha),
  }
}

/** GitHub's `check-suite`. */
export async function checkSuiteAnswer(house: House, repository: Repository, suite: CheckSuite) {
  const url = `${repositoryUrl(house, repository)}/check-suites/${suite.id}`
  const commit = await commitOrNull(repository.directory, suite.headSha)
  return {
    id: suite.id,
    node_id: nodeId('CS', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status: suite.status,
    conclusion: suite.conclusion,
    url,
    before: suite.before,
    after: suite.headSha,
    pull_requests: pullsAt(house, repository, suite.headSha),
    app: appAnswer(house, suite.app),
    created_at: time(suite.createdAt),
    updated_at: time(suite.updatedAt),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: repository.checks.runs.filter((run) => run.suite === suite).length,
    check_runs_url: `${url}/check-runs`,
    head_commit: commit === null ? null : headCommitAnswer(commit),
    repository: repositoryAnswer(house, repository),
  }
}

/** What a webhook of a check run says of its suite. */
export function suiteInRun(house: House, repository: Repository, suite: CheckSuite) {
  return {
    id: suite.id,
    node_id: nodeId('CS', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status: suite.status,
    conclusion: suite.conclusion,
    url: `${repositoryUrl(house, repository)}/check-suites/${suite.id}`,
    before: suite.before,
    after: suite.headSha,
    pull_requests: pullsAt(house, repository, suite.headSha),
    app: appAnswer(house, suite.app),
    created_at: time(suite.createdAt),
    updated_at: time(suite.updatedAt),
  }
}

export function annotationAnswer(house: House, repository: Repository, of: AnnotationOf) {
  const path = of.annotation.path.split('/').map(encodeURIComponent).join('/')
  const blob_href = `${pageUrl(house, repository)}/blob/${of.sha}/${path}`
  return { ...of.annotation, blob_href }
}

interface AnnotationOf {
  readonly annotation: Annotation
  readonly sha: string
}

export function checkRunUrl(house: House, repository: Repository, { id }: CheckRun): string {
  return `${repositoryUrl(house, repository)}/check-runs/${id}`
}

/** The open pull requests of this repository whose head a commit is; those from forks are not named. */
export function pullsAt(house: House, repository: Repository, sha: string) {
  return repository.issues
    .filter(({ state }) => state === 'open')
    .flatMap((issue) => pullOf(repository, issue) ?? [])
    .filter(({ pull }) => pull.headSha === sha && pull.headRepository === repository)
    .map((of) => minimalPullAnswer(house, of))
}
