import type { GateView } from '#domain/gate.ts'
import type { HubEvent } from '#domain/hub-event.ts'
import type { WaitAnswer, WaitingDeploy } from '#domain/protection.ts'
import { waitNote, waitWords } from '#messages/protection.ts'
import { answerTo } from '#policy/protection.ts'
import type { Hosting } from '#ports/hosting.ts'
import type { OpenWait, WaitingDeploys } from '#ports/protection.ts'
import type { Clock } from '#ports/world.ts'

import { type Gate, gateOf, type GateParts, viewsOf } from './app-gate.ts'
import { hostedAs } from './app-hub-news.ts'

export interface WaitParts {
  readonly waits: WaitingDeploys
  readonly hosting: Pick<Hosting, 'protection'>
  readonly clock: Clock
}

/** A job asks for our word: it has it at once, or waits and is told why (deploy.md 5). */
export async function onDeployWaits(
  parts: WaitParts & GateParts,
  event: Extract<HubEvent, { kind: 'deploy-waits' }>,
): Promise<string> {
  const { run, environment, sha, deliveryId } = event
  const repository = hostedAs(event.repository)
  const { protection } = parts.hosting
  const pull = await protection.changeAt(repository, sha)
  if ((await protection.commitOf(repository, run)) !== sha || pull === null) {
    const because = pull === null ? 'no-pull-request' : 'another-run'
    const answer = { state: 'rejected', because } as const
    const word = { state: answer.state, comment: waitWords(answer, pull) }
    await protection.say({ repository, run, environment }, word)
    return waitNote(answer)
  }
  const wait = { repository, run, environment, sha, pull }
  await parts.waits.enter(wait, deliveryId, parts.clock.now())
  const gate = await gateOf(parts, repository, pull)
  const open = (await parts.waits.open(repository.id, pull)).find(
    (one) => one.run === run && one.environment === environment,
  )
  // Told again after it was answered: the word stands.
  if (open === undefined) return waitNote({ state: 'waits', because: 'used-before' })
  return waitNote(await answerOne(parts, { gate, views: await viewsOf(parts, gate) }, open))
}

interface Seen {
  readonly gate: Gate
  readonly views: readonly GateView[]
}

/** Tells all jobs that wait for a change how its gates stand. */
export async function answerWaits(parts: WaitParts, seen: Seen): Promise<void> {
  const { repository, change } = seen.gate
  for (const wait of await parts.waits.open(repository.id, change.number))
    await answerOne(parts, seen, wait)
}

/** GitHub gives up after thirty days; a day before that we say no, so that somebody hears why. */
const longestMs = 29 * 86_400_000

export async function refuseOldWaits(parts: WaitParts): Promise<void> {
  const than = new Date(parts.clock.now().getTime() - longestMs)
  for (const wait of await parts.waits.older(than))
    await tell(parts, wait, { state: 'rejected', because: 'too-long' })
}

async function answerOne(
  parts: WaitParts,
  { gate, views }: Seen,
  wait: OpenWait,
): Promise<WaitAnswer> {
  const name = wait.environment.toLowerCase()
  const standing = views.find(({ environment }) => environment === name)?.standing ?? null
  const asked = { standing, gated: gate.change.sha, wanted: wait.sha, ungated: gate.ungated }
  const found = answerTo({ ...asked, now: parts.clock.now() })
  const answer = await unlessUsed(parts, wait, found)
  await tell(parts, wait, answer)
  return answer
}

/** An approval lets one run through; a job of that run that is run again goes through by it, too. */
async function unlessUsed(
  { waits }: WaitParts,
  wait: WaitingDeploy,
  answer: WaitAnswer,
): Promise<WaitAnswer> {
  if (answer.state !== 'approved') return answer
  const isOurs = await waits.claim(wait, answer.since)
  return isOurs ? answer : { state: 'waits', because: 'used-before' }
}

/** GitHub takes ten reports: one for each time that the reason is another. */
const mostReports = 10

async function tell(
  { waits, hosting }: WaitParts,
  wait: OpenWait,
  answer: WaitAnswer,
): Promise<void> {
  const comment = waitWords(answer, wait.pull)
  if (answer.state === 'waits') {
    if (comment === wait.told || wait.reports >= mostReports) return
    await hosting.protection.say(wait, { state: null, comment })
    await waits.told(wait, comment)
    return
  }
  await hosting.protection.say(wait, { state: answer.state, comment })
  await waits.answered(wait, answer.state)
}
