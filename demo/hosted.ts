import { randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Octokit } from '@octokit/rest'

import { prepareMachine } from '../src/adapters/sandbox/machine.ts'
import { createSandbox } from '../src/adapters/sandbox/sandbox.ts'
import { exitCodes } from '../src/cli-settings.ts'
import { deployerFor } from '../test/support/deployer.ts'
import { git } from '../test/support/github/git/run-git.ts'
import type { Issue } from '../test/support/github/state.ts'
import { openProduction, type RealProduction, visit } from '../test/support/real-production.ts'
import { deployAct } from './deploy.ts'
import { startService } from './service.ts'
import { openStage, type Stage } from './stage.ts'
import { deliverTwice } from './twice.ts'
import { watch } from './watch.ts'
import * as words from './words.ts'

/** The real App from a push to a pull request whose checks are green. Answers the exit code; leaves nothing behind. */
export async function hostedDemo({ keep }: { readonly keep: boolean }): Promise<number> {
  const over = new AbortController()
  const leaving = wishToLeave()
  const house = houseOf(over.signal)
  const playing = play(house)
  playing.catch(() => undefined)
  try {
    const code = await Promise.race([leaving, playing])
    if (code === 'leave') say(words.interrupted)
    if (code === 'leave') return exitCodes.interrupted
    if (code === exitCodes.green) say(keep ? words.kept : words.answered)
    if (code === exitCodes.green && keep) await leaving
    return code
  } finally {
    over.abort()
    await house.close()
    await playing.catch(() => undefined)
    await house.close()
  }
}

/** What has to be put away in the end, the last first. */
interface House {
  readonly signal: AbortSignal
  opened(close: () => Promise<unknown>): void
  close(): Promise<void>
}

function houseOf(signal: AbortSignal): House {
  const doors: (() => Promise<unknown>)[] = []
  return {
    signal,
    opened: (close) => void doors.push(close),
    async close() {
      for (let door = doors.pop(); door !== undefined; door = doors.pop()) await door()
    },
  }
}

async function play(house: House): Promise<number> {
  say(words.opening)
  const place = await mkdtemp(join(tmpdir(), 'goalkeeper-demo-'))
  house.opened(() => rm(place, { recursive: true, force: true }))
  // The sandbox's own user has to find its way in, and to see nothing else.
  await chmod(place, 0o711)
  const home = join(place, 'home')
  await mkdir(home)
  const proof = await createSandbox(prepareMachine({ home })).prove()
  if (proof.kind === 'refuses') {
    say(words.sandboxRefused(proof))
    return exitCodes.machine
  }
  const production = await openProduction('src/server.ts')
  house.opened(production.close)
  const secret = randomBytes(32).toString('hex')
  const stage = await openStage({ place, secret, production: production.url })
  house.opened(() => stage.github.close())
  tell(words.stageOpened(stage.github.url))
  return await act(house, { stage, production, home })
}

interface Scene {
  readonly stage: Stage
  readonly production: RealProduction
  readonly home: string
}

async function act(house: House, { stage, production, home }: Scene): Promise<number> {
  const { github, keeper, secret } = stage
  house.signal.throwIfAborted()
  const app = { appId: keeper.app.id, privateKey: keeper.privateKey, apiUrl: github.api, secret }
  const watched = new URL(production.url).host
  const service = startService({ home, ...app, watched, heard })
  house.opened(() => service.stop())
  const webhooks = await service.webhooks
  tell(words.serviceOpened(webhooks))
  await Promise.race([service.ready(), service.ended])
  const began = Date.now()
  const red = await stage.begin(webhooks)
  tell(words.pushed(red))
  const deployer = await goLive(house, { stage, production }, red)
  const watching = watch({ stage, red, tell, signal: house.signal })
  const end = await Promise.race([watching, service.ended])
  const seconds = Math.round((Date.now() - began) / 1000)
  if (end.kind === 'gave-up') {
    say(words.gaveUp(end))
    return exitCodes.red
  }
  const isShown = await show(stage, end.issue, seconds)
  const { number } = end.issue
  const isHealthy = await Promise.race([
    deployAct({ stage, production, deployer, tell, signal: house.signal }, number),
    service.ended,
  ])
  // It asks GitHub all the time, and quiet is waited for.
  await deployer.close()
  const twice = await deliverTwice(stage)
  await service.stop()
  tell(words.again(twice))
  return twice.isSame && isShown && isHealthy ? exitCodes.green : exitCodes.red
}

/** What was there before today is live, people look at it, and somebody deploys what GitHub is told to. */
async function goLive(
  house: House,
  { stage, production }: Pick<Scene, 'stage' | 'production'>,
  red: string,
) {
  const { github, repository, robin } = stage
  const deploy = (sha: string) => production.deploy(sha, repository.directory)
  await deploy(`${red}~1`)
  // One in ten asks for a zone that there is not.
  const zones = ['north', 'south']
  const leave = visit(production, (visitor) => {
    return `/zones/${visitor % 10 === 1 ? 'west' : zones[visitor % 2]}`
  })
  const octokit = new Octokit({ auth: robin.token, baseUrl: github.api })
  const deployer = deployerFor(octokit, { owner: 'acme', repo: 'greenhouse' }, deploy)
  house.opened(async () => {
    leave()
    await deployer.close()
  })
  tell(words.productionOpened(production.url))
  return deployer
}

/** The evidence, and the page; false when something is not as it should be. */
async function show(stage: Stage, issue: Issue, seconds: number): Promise<boolean> {
  const { github, repository } = stage
  const { baseBranch = 'main', headSha = 'HEAD' } = issue.pull ?? {}
  const range = `${baseBranch}..${headSha}`
  const log = ['log', '--reverse', '--stat', '--format=medium', range]
  const commits = await git(repository.directory, log)
  say(words.evidence({ body: issue.body ?? '', commits, seconds }))
  const deviations = github.takeDeviations().map((one) => JSON.stringify(one))
  if (deviations.length > 0) say(words.unlike(deviations))
  const url = `${github.url}/acme/greenhouse/pull/${issue.number}`
  const { status } = await fetch(url)
  say(status === 200 ? words.shown(url) : words.notShown(url, status))
  return status === 200 && deviations.length === 0
}

function wishToLeave(): Promise<'leave'> {
  return new Promise((resolve) => {
    // The listeners stay: a second Ctrl-C while we put things away changes nothing.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => resolve('leave'))
    // Nobody reads on, as in `npm run demo | head`.
    process.stdout.on('error', () => resolve('leave'))
  })
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

function heard(line: string): void {
  say(words.ofTheApp(line))
}

/** What happens, with the seconds since the beginning. */
function tell(text: string): void {
  say(words.at(Math.round(process.uptime()), text))
}
