import type { News } from '#domain/news.ts'
import { type FailureReason, json } from '#domain/outcome.ts'
import type { SelfTestPlace, SelfTestSeen, SelfTestStep, StepSeen } from '#domain/self-test.ts'

import { duration } from './duration.ts'
import { oneLine, shortened } from './plain-text.ts'
import { explanations } from './refusal.ts'

/** S2-46, word for word. */
export const selfTestTitle = '[test] Deployment workflow validation'
export const selfTestFile = 'goalkeeper-self-test.txt'
export const selfTestLabel = 'self-test'

interface Ids {
  readonly taskId: string
  readonly runId: string
}

export function selfTestCommit({ taskId, runId }: Ids): string {
  const why = 'Changes nothing: whether a deploy would go its way is tried with it.'
  return `${selfTestTitle}\n\n${why}\n\nTask-Id: ${taskId}\nRun-Id: ${runId.replaceAll(/[^\w@.-]/g, '')}\n`
}

export function selfTestBody({
  environment,
  taskId,
}: Pick<SelfTestPlace, 'environment'> & Pick<Ids, 'taskId'>): string {
  return [
    'Goalkeeper tries whether a deploy would go its way, with a commit that changes nothing. Do not merge this: it is',
    `deployed to \`${oneLine(environment)}\` from its branch, then this closes by itself and the branch goes.`,
    '',
    `Task: ${taskId}`,
    '',
  ].join('\n')
}

export function gatedNote(environment: string): string {
  return `${oneLine(environment)} has a gate in .github/goalkeeper.yml; name another one in SELF_TEST`
}

const names: Readonly<Record<SelfTestStep, string>> = {
  commit: 'Commit',
  proposal: 'Pull request',
  deploy: 'Deploy',
  webhook: 'Webhook',
  'clean-up': 'Clean-up',
}

const troubles: Readonly<Record<SelfTestStep, string>> = {
  commit: 'nothing was committed',
  proposal: 'the commit is not what was proposed',
  deploy: 'it did not go live',
  webhook: 'GitHub did not tell us of the end of the deploy',
  'clean-up': 'the pull request or its branch is left',
}

interface Because {
  /** Why a phase failed; null where none did. */
  readonly reason: FailureReason | null
  readonly reasonDetail: string | null
}

/** What is said of one step, by how it came out. */
export function selfTestDetail(
  step: SelfTestStep,
  isGood: boolean | null,
  { reason, reasonDetail, ...seen }: SelfTestSeen & Because,
): string {
  if (isGood === null) return 'not seen'
  if (isGood) return wellDone(seen)[step]
  return reason === null ? troubles[step] : `${troubles[step]} (${reasonDetail ?? reason})`
}

function wellDone({ head, number, begunAt, liveAt }: SelfTestSeen) {
  const ms = begunAt === null || liveAt === null ? 0 : liveAt.getTime() - begunAt.getTime()
  return {
    commit: `${head?.slice(0, 7)} on a branch of its own`,
    proposal: `#${number}`,
    deploy: `live after ${duration(ms)}`,
    webhook: 'GitHub told us of the end of the deploy',
    'clean-up': 'the pull request is closed and its branch is gone',
  }
}

interface Told {
  readonly place: SelfTestPlace
  readonly runId: string
  readonly steps: readonly StepSeen[]
  readonly reason: FailureReason | null
}

/** One line for each step. */
export function selfTestLines({
  steps,
  reason,
}: Pick<Told, 'steps' | 'reason'>): readonly string[] {
  const marks = new Map([
    [true, '✓'],
    [false, '✗'],
    [null, '-'],
  ])
  const lines = steps.map(
    ({ step, isGood, detail }) => `${marks.get(isGood)} ${names[step]}: ${oneLine(detail)}`,
  )
  return [...lines, ...(reason === null ? [] : [explanations[reason].what])]
}

/** Told where one did not work. */
export function selfTestNews(told: Told): News {
  const { place, runId, steps, reason } = told
  const { owner, name } = place.repository
  const bad = steps.find(({ isGood }) => isGood === false)
  const why = bad === undefined ? '' : `: ${names[bad.step]}: ${oneLine(bad.detail)}`
  const subject = shortened(`Self-test of deploys FAILED in ${owner}/${name}${why}`, 150)
  const brief = `${subject}\n\n${selfTestLines(told).join('\n')}\n\nEnvironment: ${oneLine(place.environment)}\nRun: ${runId}\n`
  const data = json.parse(
    JSON.parse(JSON.stringify({ repository: `${owner}/${name}`, runId, steps, reason })),
  )
  return { key: `self-test ${runId}`, type: 'self-test.failed', subject, brief, full: brief, data }
}
