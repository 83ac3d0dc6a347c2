import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

import { randomIds, systemClock } from '#adapters/system/world.ts'
import type { Event } from '#domain/event.ts'
import { runIdAt } from '#domain/run.ts'
import { noUnfinishedRun, noWorkflow, resumeHint, sandboxRefused } from '#messages/command-line.ts'

import { type App, openApp } from './app.ts'
import { narrator } from './cli-narrator.ts'
import { finishFix } from './cli-report.ts'
import { callerDirectory, exitCodes, settings } from './cli-settings.ts'

export interface FixOptions {
  readonly checks: readonly string[]
  readonly ref: string | null
  readonly base: string | null
  readonly apply: boolean
  readonly dryRun: boolean
  readonly json: boolean
  /** Instead of a repair: which commit did it, from a known good one on; null for a repair. */
  readonly culprit: { readonly good: string | null } | null
  /** A run's id, true for the newest unfinished one of the repository, null for a new run. */
  readonly resume: string | true | null
}

/** Repairs a repository and says what came of it. Answers the exit code. */
export async function fixCommand(
  target: string,
  options: FixOptions,
  onBranch: (branch: string) => void = () => undefined,
): Promise<number> {
  const set = settings()
  const repository = originOf(target)
  const narration = narrator({ stream: process.stderr, plain: set.ci })
  const app = await openApp({ settings: set, env: process.env, listener: narration })
  let left: string | null = null
  try {
    const proof = await app.sandbox.prove()
    if (proof.kind === 'refuses') {
      process.stderr.write(`${sandboxRefused(proof)}\n`)
      return exitCodes.machine
    }
    const interruption = interrupted()
    const enabled = set.agentEnabled
    const id = await runFor(app, { repository, enabled }, options)
    if (id === null) {
      process.stderr.write(`${noUnfinishedRun(repository)}\n`)
      return exitCodes.usage
    }
    narration.follow(id)
    const finished = await runToItsEnd(app, id, interruption)
    narration.close()
    if (!finished) {
      process.stderr.write(`${resumeHint(id)}\n`)
      left = id
      return exitCodes.interrupted
    }
    const { json, apply } = options
    return await finishFix(app, { id, json, apply, onBranch })
  } finally {
    narration.close()
    await app.stop()
    // Only now does nobody write there any more.
    if (left !== null) await app.repositories.release(left)
  }
}

async function runFor(
  app: App,
  { repository, enabled }: { repository: string; enabled: boolean },
  options: FixOptions,
): Promise<string | null> {
  if (options.resume !== null) return resumedRun(app, repository, options.resume)
  const id = runIdAt(systemClock.now(), randomIds.eightHex())
  const asked = {
    repository,
    ref: options.ref,
    base: options.base,
    checks: [...options.checks],
    taskId: randomIds.uuid(),
    // The kill switch stops every new side effect (I10).
    publish: !options.dryRun && enabled,
  }
  const event: Event =
    options.culprit === null
      ? { kind: 'fix-requested', ...asked }
      : { kind: 'culprit-requested', ...asked, ...options.culprit }
  const [workflow] = app.startedBy(event)
  if (workflow === undefined) throw new Error(noWorkflow(event.kind))
  await app.engine.start(id, workflow, event)
  return id
}

async function resumedRun(
  app: App,
  repository: string,
  resume: string | true,
): Promise<string | null> {
  const runs = await app.store.runs({ repository, unfinished: true })
  const known = resume === true ? runs.toSorted((a, b) => (a.id < b.id ? 1 : -1))[0]?.id : resume
  if (known === undefined) return null
  await app.engine.resume(known)
  return known
}

/** A step may take six seconds to stop; a database that hangs must not hold up the one who leaves. */
const leaveWithinMs = 15_000

/** Resolves at Ctrl-C, which from now on does not end the process by itself. */
function interrupted(): Promise<null> {
  return new Promise((resolveInterruption) => {
    let isLeaving = false
    // The listeners stay: a library that finds itself alone with a signal raises it again, and ends us by it.
    const stop = (): void => {
      if (isLeaving) process.exit(exitCodes.interrupted)
      isLeaving = true
      setTimeout(() => process.exit(exitCodes.interrupted), leaveWithinMs).unref()
      resolveInterruption(null)
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}

/** Waits for the end, or for the interruption, which keeps the run for `--resume`. Answers whether it ended. */
async function runToItsEnd(app: App, id: string, interruption: Promise<null>): Promise<boolean> {
  const end = await Promise.race([app.engine.result(id), interruption])
  // Set aside by another process that took us for dead: it is unfinished all the same.
  return end !== null && end.status !== 'pending'
}

/** A path is made absolute from where the person stands; anything else is a URL for git. */
function originOf(target: string): string {
  const path = resolve(callerDirectory(), target)
  const isUrl = /^[a-z+]+:\/\//i.test(target) || /^[\w.-]+@[\w.-]+:/.test(target)
  return isUrl && !existsSync(path) ? target : path
}
