import { join, relative } from 'node:path/posix'

import type { Check } from '#domain/check.ts'
import type { FoundChecks } from '#ports/checks.ts'

import { altersTheTree } from './alterations.ts'
import { isBuild, prepares, readsTextOnly } from './builds.ts'
import { allows, resolve } from './expressions.ts'
import type { Contexts } from './expressions.ts'
import { judgementOf } from './judgement.ts'
import { measuresSpeed, obstacleIn, speed } from './obstacles.ts'
import type { Packages } from './packages.ts'
import { quoted } from './shell.ts'
import { workOf } from './step-parts.ts'
import type { Work } from './step-parts.ts'
import type { WorkflowFile, WorkflowJob, WorkflowStep } from './workflow-file.ts'
import { settingOf } from './workflow-settings.ts'
import type { Setting } from './workflow-settings.ts'

/** The checks of one job in one combination of its matrix: its `run` steps, in order. */
export function checksOfJob(
  job: { readonly id: string; readonly definition: WorkflowJob; readonly file: WorkflowFile },
  contexts: Contexts,
  packages: Packages,
): FoundChecks {
  const name = resolve(job.definition.name ?? job.id, contexts)
  const reading: Reading = {
    job: name.kind === 'known' && name.text !== '' ? name.text : job.id,
    packages,
    checks: [],
    unreachable: [],
    builds: [],
    isAltered: false,
  }
  for (const step of job.definition.steps) readStep(step, settingOf(step, job, contexts), reading)
  return reading
}

interface Reading {
  readonly job: string
  readonly packages: Packages
  readonly checks: Check[]
  readonly unreachable: { readonly name: string; readonly because: string }[]
  /** What was built so far: where and by which command. */
  readonly builds: { readonly directory: string; readonly command: string }[]
  /** A step before made another tree of the commit's. */
  isAltered: boolean
}

function readStep(step: WorkflowStep, setting: Setting, reading: Reading): void {
  if (step.run === undefined) return
  const allowed = allows(step.if, setting.contexts)
  if (allowed === false) return
  const script = resolve(step.run, setting.contexts)
  if (script.kind === 'known') reading.isAltered ||= altersTheTree(script.text)
  const work = script.kind === 'known' ? workOf(script.text) : script
  if (work.kind === 'nothing') return
  const because = reasonAgainst(allowed, setting, work) ?? (reading.isAltered ? altered : null)
  if (because === null) return readCommands(commandsOf(work), setting, reading)
  const shown = shownOf(setting, script)
  reading.unreachable.push({ name: `${reading.job} / ${shown}`, because })
}

function shownOf({ name }: Setting, script: ReturnType<typeof resolve>): string {
  return name ?? (script.kind === 'known' ? firstLine(script.text) : 'a step')
}

const altered = 'It changes files or packages first, so what it judges is not the commit as it is.'

function readCommands(commands: readonly string[], setting: Setting, reading: Reading): void {
  const named = [reading.job, ...(setting.name === null ? [] : [setting.name])]
  for (const command of commands) {
    const own = commands.length > 1 || setting.name === null ? [firstLine(command)] : []
    readCommand({ command, name: [...named, ...own].join(' / '), setting }, reading)
  }
}

function reasonAgainst(
  allowed: true | string,
  setting: Setting,
  work: Work | Unknown,
): string | null {
  return (allowed === true ? null : allowed) ?? setting.because ?? reasonOf(work)
}

type Unknown = Extract<ReturnType<typeof resolve>, { kind: 'unknown' }>

function reasonOf(work: Work | Unknown): string | null {
  return work.kind === 'unclear' || work.kind === 'unknown' ? work.because : null
}

function commandsOf(work: Work | Unknown): readonly string[] {
  if (work.kind === 'parts') return work.parts
  return work.kind === 'whole' ? [work.text] : []
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? ''
}

interface Command {
  readonly command: string
  readonly name: string
  readonly setting: Setting
}

function readCommand({ command, name, setting }: Command, reading: Reading): void {
  const judged = judgementOf(command, setting.directory, reading.packages)
  if (judged.kind === 'none') {
    reading.unreachable.push({ name, because: judged.because })
    return
  }
  const obstacle = measuresSpeed(command) ? speed : obstacleIn(judged.invocations)
  if (obstacle !== null) {
    reading.unreachable.push({ name, because: obstacle })
    return
  }
  if (judged.invocations.length === 0) return
  const withEnv = withVariables(judged.command, setting.env)
  const build = { directory: setting.directory, command: withEnv }
  if (prepares(judged.invocations)) return void reading.builds.push(build)
  reading.checks.push({
    name,
    command: withEnv,
    directory: setting.directory,
    origin: 'workflow',
    before: readsTextOnly(judged.invocations)
      ? []
      : reading.builds.map((each) => from(setting.directory, each)),
    invocations: [...judged.invocations],
    mode: 'apply',
  })
  if (isBuild(command, judged.invocations)) reading.builds.push(build)
}

function withVariables(command: string, env: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)}`)
  if (pairs.length === 0) return command
  const simple = !/[\n;&|()]/.test(command)
  return simple ? `${pairs.join(' ')} ${command}` : `export ${pairs.join(' ')}\n${command}`
}

/** A build's command as it must be written in another directory. */
function from(directory: string, build: Reading['builds'][number]): string {
  if (build.directory === directory) return build.command
  return `(cd ${quoted(relative(join('/', directory), join('/', build.directory)) || '.')} && ${build.command})`
}
