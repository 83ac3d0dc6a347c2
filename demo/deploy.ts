import { setTimeout as sleep } from 'node:timers/promises'

import { Octokit } from '@octokit/rest'

import type { deployerFor } from '../test/support/deployer.ts'
import { type RealProduction, sickMs } from '../test/support/real-production.ts'
import type { Stage } from './stage.ts'
import * as words from './words.ts'

export interface Acting {
  readonly stage: Stage
  readonly production: RealProduction
  readonly deployer: ReturnType<typeof deployerFor>
  readonly tell: (line: string) => void
  readonly signal: AbortSignal
}

const at = { owner: 'acme', repo: 'greenhouse' }
const gate = 'goalkeeper / deploy'

/** From a pull request to a verified production, and from a bad deploy back. False where it did not come to that. */
export async function deployAct(acting: Acting, fix: number): Promise<boolean> {
  const began = Date.now()
  await mergeAndApprove(acting, fix)
  const good = await outcomeOf(acting, fix)
  if (!good.includes('SUCCESSFUL')) return gaveUp(acting, good)
  acting.tell(words.verified(fix))
  const bad = await acting.stage.proposeBadChange()
  acting.tell(words.badChange(bad))
  await mergeAndApprove(acting, bad)
  const end = await outcomeOf(acting, bad)
  if (!end.includes('Rolled back')) return gaveUp(acting, end)
  acting.tell(words.rolledBack(Math.round(sickMs(acting.production) / 1000)))
  for (const line of await aftermath(acting)) acting.tell(line)
  acting.tell(words.secondHalf(Math.round((Date.now() - began) / 1000)))
  return true
}

function gaveUp({ tell }: Acting, said: string): false {
  tell(said)
  return false
}

/** As robin, who looks at the check before saying anything. */
async function mergeAndApprove(acting: Acting, number: number): Promise<void> {
  const { github, repository, robin } = acting.stage
  const { pulls, issues } = new Octokit({ auth: robin.token, baseUrl: github.api }).rest
  const { data } = await pulls.merge({ ...at, pull_number: number })
  acting.tell(words.merged(number, data.sha))
  await until(acting, () =>
    repository.checks.runs.some(({ name, headSha }) => name === gate && headSha === data.sha),
  )
  // GitHub notes whole seconds: who approves within the same one has to name the commit.
  await sleep(1000)
  await issues.createComment({ ...at, issue_number: number, body: '/approve-deploy' })
  acting.tell(words.approved(number))
}

/** What the App says in the end, with what is seen of the deploys on the way. */
async function outcomeOf(acting: Acting, number: number): Promise<string> {
  const { stage, deployer, tell } = acting
  let told = deployer.done.length
  const said = () => {
    const { comments = [] } = stage.repository.issues.find((one) => one.number === number) ?? {}
    return comments.find(({ body }) => body.includes('goalkeeper:deploy:'))?.body
  }
  await until(acting, () => {
    for (const one of deployer.done.slice(told)) tell(words.deployed(one))
    told = deployer.done.length
    return said() !== undefined
  })
  return said() ?? ''
}

/** The pull request that takes the change back, and the incident. */
async function aftermath(acting: Acting): Promise<readonly string[]> {
  const { issues } = acting.stage.repository
  const incident = () => issues.find(({ labels }) => labels.has('incident'))
  await until(acting, () => incident() !== undefined)
  const revert = issues.find(({ title, pull }) => pull !== null && title.startsWith('Revert #'))
  return [revert, incident()].flatMap((one) => (one === undefined ? [] : [words.opened(one)]))
}

async function until({ signal }: Acting, isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries += 1) {
    signal.throwIfAborted()
    if (tries > 1200) throw new Error(words.tooLong)
    await sleep(100)
  }
}
