import type { Shop } from './shop.ts'
import { tourOfDeployments } from './tour-of-deployments.ts'

/** Calls that together ask for everything the server knows, area by area. */
export const tour: Readonly<Record<string, (shop: Shop) => Promise<void>>> = {
  apps: tourOfApps,
  repositories: tourOfRepositories,
  git: tourOfGit,
  issues: tourOfIssues,
  checks: tourOfChecks,
  pulls: tourOfPulls,
  deployments: tourOfDeployments,
}

async function tourOfApps(shop: Shop): Promise<void> {
  const { asApp, octokit, maria, installation, at } = shop
  const { apps } = asApp.rest
  const installation_id = installation.id
  await apps.getAuthenticated()
  await apps.listInstallations()
  await apps.getInstallation({ installation_id })
  await apps.getRepoInstallation(at)
  await apps.createInstallationAccessToken({ installation_id, permissions: { checks: 'read' } })
  const { data: config } = await apps.getWebhookConfigForApp()
  // A parameter called url would replace the address that Octokit asks.
  await asApp.request('PATCH /app/hook/config', { data: { url: config.url } })
  await octokit.rest.apps.listReposAccessibleToInstallation()
  await octokit.rest.rateLimit.get()
  await maria.octokit.rest.users.getAuthenticated()
  await octokit.rest.users.getByUsername({ username: 'keeper[bot]' })
  await octokit.rest.apps.createFromManifest({ code: await registrationCode(shop) })
}

/** As a person's browser: a manifest is posted to the page, which sends it back with a code. */
async function registrationCode({ github }: Shop): Promise<string> {
  const manifest = {
    name: 'Another keeper',
    url: github.url,
    redirect_url: 'http://127.0.0.1:9/registered',
    hook_attributes: { url: 'http://127.0.0.1:9/hook' },
    default_permissions: { checks: 'write' },
    default_events: ['check_run'],
  }
  const body = new URLSearchParams({ manifest: JSON.stringify(manifest) })
  const page = `${github.url}/settings/apps/new?state=s`
  const answer = await fetch(page, { method: 'POST', body, redirect: 'manual' })
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
}

async function tourOfRepositories({ octokit, maria, at, first }: Shop): Promise<void> {
  const { repos } = octokit.rest
  await repos.get(at)
  await repos.listBranches(at)
  await repos.getBranch({ ...at, branch: 'main' })
  await repos.listCommits(at)
  await repos.getCommit({ ...at, ref: 'main' })
  await repos.getContent({ ...at, path: '' })
  const file = { ...at, path: 'docs/a.txt', message: 'change a file' }
  const content = Buffer.from('a\n').toString('base64')
  const { data } = await repos.createOrUpdateFileContents({ ...file, content })
  await repos.getContent({ ...at, path: 'docs/a.txt' })
  await repos.deleteFile({ ...file, sha: data.content?.sha ?? '' })
  await repos.compareCommitsWithBasehead({ ...at, basehead: `${first}...main` })
  await repos.createCommitStatus({ ...at, sha: first, state: 'success', context: 'style' })
  await repos.listCommitStatusesForRef({ ...at, ref: first })
  await repos.getCombinedStatusForRef({ ...at, ref: first })
  await repos.getCollaboratorPermissionLevel({ ...at, username: 'maria' })
  await repos.listActivities({ ...at, ref: 'refs/heads/main' })
  await maria.octokit.rest.repos.createFork(at)
  await repos.listForks(at)
}

async function tourOfGit({ octokit, at, first }: Shop): Promise<void> {
  const { git } = octokit.rest
  const { data: blob } = await git.createBlob({ ...at, content: 'new\n' })
  await git.getBlob({ ...at, file_sha: blob.sha })
  const entry = { path: 'new.txt', mode: '100644', type: 'blob', sha: blob.sha } as const
  const { data: tree } = await git.createTree({ ...at, base_tree: first, tree: [entry] })
  await git.getTree({ ...at, tree_sha: tree.sha, recursive: '1' })
  const parents = [first]
  const { data: made } = await git.createCommit({ ...at, message: 'x', tree: tree.sha, parents })
  await git.getCommit({ ...at, commit_sha: made.sha })
  await git.createRef({ ...at, ref: 'refs/heads/topic/one', sha: first })
  await git.updateRef({ ...at, ref: 'heads/topic/one', sha: made.sha })
  await git.getRef({ ...at, ref: 'heads/topic/one' })
  await git.listMatchingRefs({ ...at, ref: 'heads/topic' })
  await git.deleteRef({ ...at, ref: 'heads/topic/one' })
}

async function tourOfIssues({ octokit, at }: Shop): Promise<void> {
  const { issues, reactions, search } = octokit.rest
  const { data: issue } = await issues.create({ ...at, title: 'red', labels: ['auto-fix'] })
  const one = { ...at, issue_number: issue.number }
  await issues.listForRepo(at)
  await issues.get(one)
  await issues.update({ ...one, body: 'It is red.' })
  await issues.createLabel({ ...at, name: 'red', color: 'ff0000' })
  await issues.getLabel({ ...at, name: 'red' })
  await issues.listLabelsForRepo(at)
  await issues.addLabels({ ...one, labels: ['red'] })
  await issues.removeLabel({ ...one, name: 'red' })
  await issues.setLabels({ ...one, labels: ['red'] })
  await issues.listLabelsOnIssue(one)
  await issues.listEvents(one)
  const { data: comment } = await issues.createComment({ ...one, body: 'Looking.' })
  const said = { ...at, comment_id: comment.id }
  await issues.updateComment({ ...said, body: 'Looked.' })
  await issues.getComment(said)
  await issues.listComments(one)
  await issues.listCommentsForRepo(at)
  const { data: eyes } = await reactions.createForIssueComment({ ...said, content: 'eyes' })
  await reactions.listForIssueComment(said)
  await reactions.deleteForIssueComment({ ...said, reaction_id: eyes.id })
  const { data: heart } = await reactions.createForIssue({ ...one, content: 'heart' })
  await reactions.listForIssue(one)
  await reactions.deleteForIssue({ ...one, reaction_id: heart.id })
  await issues.deleteComment(said)
  await issues.update({ ...one, state: 'closed', state_reason: 'not_planned' })
  await issues.update({ ...one, state: 'open' })
  await search.issuesAndPullRequests({ q: 'repo:acme/kiosk is:issue red' })
}

async function tourOfChecks({ octokit, at, first, github, maria, keeper }: Shop): Promise<void> {
  const { checks, actions } = octokit.rest
  await maria.checkout.push('main', { 'b.txt': 'b\n' })
  await github.settled()
  await actions.createRepoVariable({ ...at, name: 'COLOUR', value: 'green' })
  await actions.getRepoVariable({ ...at, name: 'colour' })
  const { data: begun } = await checks.create({ ...at, name: 'keeper', head_sha: first })
  const run = { ...at, check_run_id: begun.id }
  const annotation = { path: 'README.md', start_line: 1, end_line: 1, message: 'dull' }
  const annotations = [{ ...annotation, annotation_level: 'failure' as const }]
  const output = { title: 'Dull', summary: 'It is dull.', annotations }
  await checks.update({ ...run, status: 'completed', conclusion: 'failure', output })
  await checks.get(run)
  await checks.listAnnotations(run)
  await checks.rerequestRun(run)
  await checks.listForRef({ ...at, ref: first })
  const suites = await checks.listSuitesForRef({ ...at, ref: first, app_id: keeper.app.id })
  const suite = { ...at, check_suite_id: suites.data.check_suites[0]?.id ?? 0 }
  await checks.getSuite(suite)
  await checks.listForSuite(suite)
  await checks.rerequestSuite(suite)
  const { data: list } = await actions.listWorkflowRunsForRepo(at)
  const workflow = { ...at, run_id: list.workflow_runs[0]?.id ?? 0 }
  await actions.getWorkflowRun(workflow)
  const { data: jobs } = await actions.listJobsForWorkflowRun(workflow)
  const job = { ...at, job_id: jobs.jobs[0]?.id ?? 0 }
  await actions.getJobForWorkflowRun(job)
  await actions.downloadJobLogsForWorkflowRun(job)
  await actions.reRunWorkflow(workflow)
  await github.settled()
  await actions.reRunWorkflowFailedJobs(workflow)
  await github.settled()
  await actions.reRunJobForWorkflowRun(job)
  await github.settled()
}

async function tourOfPulls({ octokit, maria, at, first }: Shop): Promise<void> {
  const { pulls, repos } = octokit.rest
  const head = await maria.checkout.push('topic', { 'c.txt': 'c\n' }, first)
  const asked = { ...at, head: 'topic', base: 'main', title: 'Add c', draft: true }
  const { data: pull } = await pulls.create(asked)
  const one = { ...at, pull_number: pull.number }
  await pulls.list({ ...at, head: 'acme:topic' })
  await pulls.get(one)
  await pulls.update({ ...one, body: 'More.' })
  await octokit.rest.issues.addLabels({ ...at, issue_number: pull.number, labels: ['auto-fix'] })
  await octokit.rest.issues.removeLabel({ ...at, issue_number: pull.number, name: 'auto-fix' })
  await pulls.listFiles(one)
  await pulls.listCommits(one)
  await repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: head })
  await pulls.requestReviewers({ ...one, reviewers: ['stranger'] })
  await pulls.listRequestedReviewers(one)
  await pulls.removeRequestedReviewers({ ...one, reviewers: ['stranger'] })
  await maria.octokit.rest.pulls.createReview({ ...one, event: 'APPROVE' })
  await pulls.listReviews(one)
  await maria.checkout.push('topic', { 'c.txt': 'cc\n' })
  await pulls.update({ ...one, state: 'closed' })
  await pulls.update({ ...one, state: 'open' })
  const change = (mutation: string): Promise<unknown> =>
    octokit.graphql(
      `mutation ($id: ID!) { ${mutation}(input: { pullRequestId: $id }) { clientMutationId } }`,
      { id: pull.node_id },
    )
  await change('markPullRequestReadyForReview')
  await change('convertPullRequestToDraft')
  await change('markPullRequestReadyForReview')
  await pulls.merge({ ...one, merge_method: 'squash' })
  await pulls.checkIfMerged(one)
}
