import { z } from 'zod'

import type { Outcome } from '#domain/outcome.ts'
import {
  selfTestBody,
  selfTestCommit,
  selfTestFile,
  selfTestLabel,
  selfTestTitle,
} from '#messages/self-test.ts'
import { branchFor } from '#policy/branch.ts'
import type { PullRequests } from '#ports/hosting.ts'
import type { Publishing } from '#ports/publishing.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { selfTestOf } from './self-test-run.ts'

interface Ports {
  readonly repositories: Pick<Repositories, 'mirror'> &
    Pick<Publishing['repositories'], 'commit' | 'deliver'>
  readonly pullRequests: Pick<Publishing['pullRequests'], 'open'> & Pick<PullRequests, 'look'>
}

const input = z.strictObject({
  /** The tip of the default branch. */
  base: z.string(),
})
type Input = z.infer<typeof input>

/** Creates a file, commits it on a branch of its own and proposes it as a draft; the default branch stays as it is (S2-46, K25). */
export function proposeNothing(ports: Ports): StepKind<Input> {
  return {
    name: 'propose-nothing',
    input,
    outputs: ['number', 'branch', 'head', 'isAsWritten'],
    sideEffect: 'external',
    run: (input, context) => propose(ports, input, context),
  }
}

async function propose(
  { repositories, pullRequests }: Ports,
  { base }: Input,
  context: StepContext,
): Promise<Outcome> {
  const { repository, environment } = selfTestOf(context)
  const { taskId, repository: origin } = context.event
  const { runId, startedAt: at, signal: stop } = context
  const mirror = await repositories.mirror(origin, context.signal)
  const branch = branchFor(taskId.slice(-12), 'self-test')
  const patch = [{ path: selfTestFile, content: `${selfTestTitle}\n${runId}\n` }]
  const message = selfTestCommit({ taskId, runId })
  const written = await repositories.commit({ mirror, branch, parent: base, patch, message, at })
  if (written.kind === 'refused')
    return { kind: 'failed', reason: written.because, detail: written.detail }
  const { sha: head } = written
  if ((await repositories.deliver(mirror, branch, { from: null, stop })) === 'moved')
    return { kind: 'failed', reason: 'head-moved', detail: branch }
  const opened = await pullRequests.open(repository, {
    head: branch,
    base: mirror.defaultBranch ?? '',
    title: selfTestTitle,
    body: selfTestBody({ environment, taskId }),
    labels: [selfTestLabel],
  })
  if (opened === null) return { kind: 'done', outputs: { ...nothing, branch, head } }
  const { number } = opened
  const isAsWritten = (await pullRequests.look(repository, number)).headSha === head
  return { kind: 'done', outputs: { number, branch, head, isAsWritten } }
}

const nothing = { number: null, isAsWritten: false }
