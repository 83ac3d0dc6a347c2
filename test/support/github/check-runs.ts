import type { CheckRun } from './checks-state.ts'
import { refsBelow } from './git/refs.ts'
import { type House, nextId } from './house.ts'
import type { CheckAsked, NewCheckAsked } from './routes/check-shapes.ts'
import type { Account, App, Repository } from './state.ts'
import { newSuite, settleSuite } from './suites.ts'
import { announceCheckRun, announceSuite } from './webhooks/announce.ts'

interface New {
  readonly app: App
  readonly asked: NewCheckAsked
  readonly by: Account
}

/** Begins a check run, in its app's suite of the commit. */
export async function startCheckRun(
  house: House,
  repository: Repository,
  { app, asked, by }: New,
): Promise<CheckRun> {
  const suite = await suiteOf(house, repository, { app, headSha: asked.head_sha })
  const run: CheckRun = {
    id: nextId(house),
    suite,
    headSha: asked.head_sha,
    name: asked.name,
    externalId: '',
    detailsUrl: null,
    status: 'queued',
    conclusion: null,
    startedAt: house.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
  }
  repository.checks.runs.push(run)
  apply(house, run, asked)
  const at = { repository, run, sender: by }
  announceCheckRun(house, { ...at, action: 'created' })
  if (run.status === 'completed') announceCheckRun(house, { ...at, action: 'completed' })
  await settle(house, { repository, run, by })
  return run
}

interface Update {
  readonly run: CheckRun
  readonly asked: CheckAsked
  readonly by: Account
}

export async function updateCheckRun(
  house: House,
  repository: Repository,
  { run, asked, by }: Update,
): Promise<void> {
  const was = run.status
  apply(house, run, asked)
  if (was !== 'completed' && run.status === 'completed')
    announceCheckRun(house, { repository, run, action: 'completed', sender: by })
  await settle(house, { repository, run, by })
}

function apply(house: House, run: CheckRun, asked: CheckAsked): void {
  const { name = run.name, external_id = run.externalId, details_url = run.detailsUrl } = asked
  Object.assign(run, { name, externalId: external_id, detailsUrl: details_url })
  applyStatus(house, run, asked)
  if (asked.output !== undefined) applyOutput(run, asked.output)
}

function applyStatus(house: House, run: CheckRun, asked: CheckAsked): void {
  run.status = asked.conclusion === undefined ? (asked.status ?? run.status) : 'completed'
  if (asked.started_at !== undefined) run.startedAt = new Date(asked.started_at)
  const done = run.status === 'completed'
  run.conclusion = done ? (asked.conclusion ?? run.conclusion) : null
  run.completedAt = done ? new Date(asked.completed_at ?? house.now()) : null
}

/** Annotations of later updates come on top of earlier ones. */
function applyOutput(run: CheckRun, output: NonNullable<CheckAsked['output']>): void {
  const { title, summary, text, annotations } = output
  run.output = {
    title: title ?? run.output.title,
    summary: summary ?? run.output.summary,
    text: text ?? run.output.text,
  }
  run.annotations.push(...annotations)
}

interface Settled {
  readonly repository: Repository
  readonly run: CheckRun
  readonly by: Account
}

async function settle(house: House, { repository, run, by }: Settled): Promise<void> {
  if (!settleSuite(house, repository, run.suite)) return
  await announceSuite(house, { repository, suite: run.suite, action: 'completed', sender: by })
}

async function suiteOf(
  house: House,
  repository: Repository,
  { app, headSha }: { app: App; headSha: string },
) {
  const known = repository.checks.suites.find((one) => one.app === app && one.headSha === headSha)
  if (known !== undefined) return known
  const heads = await refsBelow(repository.directory, 'refs/heads')
  const ref = [...heads].find(([, sha]) => sha === headSha)?.[0]
  const headBranch = ref?.slice('refs/heads/'.length) ?? null
  return newSuite(house, repository, { app, headSha, headBranch, before: null })
}
