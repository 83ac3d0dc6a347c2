import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

import { z } from 'zod'

import type { Carrier, DeployOrder } from '#ports/deployments.ts'

interface Parts {
  /** Where whoever runs Goalkeeper put the commands: `<owner>/<name>/<environment>`. */
  readonly folder: string
  /** Where Goalkeeper keeps its things. */
  readonly home: string
  /** Takes secrets out of what a command said. */
  readonly redact: (text: string) => string
}

type Told = Awaited<ReturnType<Carrier['carry']>>

/**
 * A command of whoever runs Goalkeeper deploys; nothing of a repository names it, and none of our secrets is in its
 * environment. It is started once for each order: a second start finds that the first one has claimed it. Where it may have been
 * started by another machine, or what was noted is gone, it is not started again.
 */
export function commandCarrier({ folder, home, redact }: Parts): Carrier {
  return {
    async carry(order, record) {
      const place = join(home, 'deploy-commands', order.key.replaceAll(/[^\w.-]/g, '-'))
      const end = endIn(place)
      if (end !== null) return toldOf(end, redact(lastWords(place)))
      if (existsSync(join(place, 'claim'))) return pending
      const command = commandFor(folder, order)
      if (command === null) return failed(`There is no command for ${order.environment}.`)
      if (record.askedAt !== null && !existsSync(place)) return pending
      mkdirSync(place, { recursive: true, mode: 0o700 })
      if (record.askedAt === null) await record.about()
      start(command, { place, order })
      return pending
    },
  }
}

const pending: Told = { kind: 'pending', trace: null }

function failed(detail: string): Told {
  return { kind: 'failed', detail, trace: null }
}

/** The path is made of names that lead nowhere else. */
function commandFor(
  folder: string,
  { repository: { owner, name }, environment }: DeployOrder,
): string | null {
  const names = [owner, name, environment]
  if (!names.every((one) => /^[\w.-]+$/.test(one) && !/^\.+$/.test(one))) return null
  const path = join(folder, ...names)
  return isProgram(path) ? path : null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** The program beside this one, which outlives us. */
const runOnce = join(import.meta.dirname, 'run-once.ts')

function start(command: string, { place, order }: { place: string; order: DeployOrder }): void {
  const { environment, sha, task, key, repository, patienceSeconds } = order
  const timeoutMs = String(patienceSeconds * 1000)
  const child = spawn(process.execPath, [runOnce, place, timeoutMs, command], {
    cwd: place,
    detached: true,
    stdio: 'ignore',
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: homedir(),
      DEPLOY_ENVIRONMENT: environment,
      DEPLOY_SHA: sha,
      DEPLOY_ID: key.replaceAll(' ', '-'),
      DEPLOY_TASK: task,
      DEPLOY_REPOSITORY: `${repository.owner}/${repository.name}`,
    },
  })
  // Where it does not even begin, the next look finds it unclaimed.
  child.once('error', () => undefined)
  child.unref()
}

const ending = z.object({
  code: z.number().nullable(),
  isLate: z.boolean(),
  problem: z.string().nullable(),
  at: z.iso.datetime(),
})
type Ending = z.infer<typeof ending>

function endIn(place: string): Ending | null {
  const path = join(place, 'ended')
  return existsSync(path) ? ending.parse(JSON.parse(readFileSync(path, 'utf8'))) : null
}

/** What it did before its time was over nobody knows: then it neither is live nor has failed. */
function toldOf({ code, isLate, problem, at }: Ending, said: string): Told {
  if (isLate) return pending
  if (code === 0) return { kind: 'live', at: new Date(at), said, trace: null }
  const how = problem ?? (code === null ? 'killed' : `exit code ${code}`)
  return failed(`The command ended with ${how}. ${said}`)
}

/** So much of what it printed is kept on record. */
const longest = 2000

function lastWords(place: string): string {
  const path = join(place, 'output')
  return existsSync(path) ? readFileSync(path, 'utf8').slice(-longest).trim() : ''
}
