import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import type { Conclusion, Job } from '../checks-state.ts'
import { git } from '../git/run-git.ts'
import type { House } from '../house.ts'
import type { Repository } from '../state.ts'
import { hear, type JobLog, newLog, say, sayFailed } from './log.ts'
import type { Step, WorkflowJob } from './workflows.ts'

export interface Work {
  readonly repository: Repository
  readonly job: Job
  readonly plan: WorkflowJob
  /** What is checked out: a pull request's merge commit, or what was pushed. */
  readonly sha: string
  readonly env: Readonly<Record<string, string>>
}

/** Runs a job's commands in a plain checkout. This is the tests' CI: it guards nothing. */
export async function runJob(house: House, work: Work): Promise<Conclusion> {
  const place = mkdtempSync(join(tmpdir(), 'github-ci-'))
  const log = newLog()
  try {
    const checkout = join(place, 'work')
    await checkOut(work.repository, { sha: work.sha, checkout })
    const failed = await runSteps(house, work, { place, checkout, log })
    return failed ? 'failure' : 'success'
  } finally {
    work.job.log = `${log.lines.join('\n')}\n`
    work.job.run.annotations.push(...log.annotations)
    rmSync(place, { recursive: true, force: true })
  }
}

interface Bench {
  readonly place: string
  readonly checkout: string
  readonly log: JobLog
}

/** One commit without what was before it, as GitHub's checkout has it; its objects stay where they are. */
async function checkOut(
  { directory }: Repository,
  { sha, checkout }: { sha: string; checkout: string },
): Promise<void> {
  mkdirSync(checkout)
  await git(checkout, ['init', '--quiet'])
  writeFileSync(join(checkout, '.git/objects/info/alternates'), `${join(directory, 'objects')}\n`)
  writeFileSync(join(checkout, '.git/shallow'), `${sha}\n`)
  await git(checkout, ['checkout', '--quiet', '--detach', sha])
}

async function runSteps(house: House, work: Work, bench: Bench): Promise<boolean> {
  let failed = false
  for (const [index, step] of work.plan.steps.entries()) {
    const shown = work.job.steps[index]
    if (shown === undefined) continue
    shown.startedAt = house.now()
    shown.status = 'in_progress'
    const conclusion: Conclusion =
      failed && !step.always ? 'skipped' : await runStep(house, work, { ...bench, step })
    shown.conclusion = conclusion
    shown.status = 'completed'
    shown.completedAt = house.now()
    failed ||= conclusion === 'failure' && !step.mayFail
  }
  return failed
}

async function runStep(
  house: House,
  work: Work,
  { place, checkout, log, step }: Bench & { step: Step },
): Promise<'success' | 'failure'> {
  for (const line of introduction(step)) say(log, house.now(), line)
  log.matchers ||= step.uses?.startsWith('actions/setup-node') === true
  if (step.run === null) return 'success'
  const code = await shell(house, {
    command: step.run,
    cwd: join(checkout, step.folder),
    env: {
      ...filesOf(place),
      ...work.env,
      GITHUB_WORKSPACE: checkout,
      ...work.plan.env,
      ...step.env,
    },
    heard: (line) => hear(log, house.now(), line),
  })
  if (code !== 0) sayFailed(log, house.now(), code)
  return code === 0 ? 'success' : 'failure'
}

/** What GitHub's log says before a step's own words; commands are coloured. */
function introduction({ run, uses }: Step): readonly string[] {
  const lines = (run ?? uses ?? '').trimEnd().split('\n')
  const shown = lines.map((line) => `\u001B[36;1m${line}\u001B[0m`)
  const body = run === null ? [] : [...shown, 'shell: /usr/bin/bash -e {0}']
  return [`##[group]Run ${lines[0]}`, ...body, '##[endgroup]']
}

/** The files a step may write to; what it writes has no effect here. */
function filesOf(place: string): Record<string, string> {
  const names = ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY']
  const files = names.map((name) => [name, join(place, name.toLowerCase())] as const)
  for (const [, file] of files) writeFileSync(file, '')
  return Object.fromEntries(files)
}

/** What a shell calls the end by SIGKILL. */
const killed = 137

interface Command {
  readonly command: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly heard: (line: string) => void
}

async function shell({ ended }: House, { command, cwd, env, heard }: Command): Promise<number> {
  if (ended.aborted) return killed
  const script = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', `exec 2>&1\n${command}`]
  const child = spawn('bash', script, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const stop = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }
  ended.addEventListener('abort', stop, { once: true })
  createInterface({ input: child.stdout }).on('line', heard)
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(127))
    child.once('close', (exit) => resolve(exit ?? killed))
  })
  ended.removeEventListener('abort', stop)
  return code
}
