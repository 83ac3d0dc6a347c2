import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { FoundChecks } from '#ports/checks.ts'

import { allows, resolve } from './expressions.ts'
import type { Contexts } from './expressions.ts'
import { combinationsOf } from './matrix.ts'
import type { Combination } from './matrix.ts'
import { speed } from './obstacles.ts'
import { onceEach } from './once-each.ts'
import type { Packages } from './packages.ts'
import { judgesChanges, readWorkflow } from './workflow-file.ts'
import type { WorkflowFile, WorkflowJob } from './workflow-file.ts'
import { checksOfJob } from './workflow-jobs.ts'
import type { Plain } from './workflow-parser.ts'

/** What one job of a workflow file runs. */
export interface JobChecks extends FoundChecks {
  /** The path of its workflow file. */
  readonly workflow: string
  /** What GitHub may call it; in brackets behind it GitHub names its place in a matrix. */
  readonly names: readonly string[]
}

/** The checks in `.github/workflows`: the `run` steps of jobs that run on pushes or pull requests. */
export async function checksOfWorkflows(source: string, packages: Packages): Promise<FoundChecks> {
  const found = await jobsOfWorkflows(source, packages)
  return onceEach({
    checks: found.flatMap(({ checks }) => checks),
    unreachable: found.flatMap(({ unreachable }) => unreachable),
  })
}

/** The same, job by job; a file that GitHub would not take counts as one. */
export async function jobsOfWorkflows(
  source: string,
  packages: Packages,
): Promise<readonly JobChecks[]> {
  const found: JobChecks[] = []
  for (const { name, content } of workflowFiles(source)) {
    const file = await readWorkflow(name, content)
    if (file === null) {
      const refused = unreachable(name, 'GitHub would not accept this workflow file.')
      found.push({ workflow: name, names: [], ...refused })
    } else if (judgesChanges(file)) {
      found.push(...jobsOfFile(file, packages).map((job) => ({ workflow: name, ...job })))
    }
  }
  return found
}

/** Longer than any workflow that GitHub takes. */
const longest = 600_000

function workflowFiles(
  source: string,
): readonly { readonly name: string; readonly content: string }[] {
  const folder = join(source, '.github', 'workflows')
  const entries = ((): readonly string[] => {
    try {
      return readdirSync(folder, { withFileTypes: true }).flatMap((each) =>
        each.isFile() ? [each.name] : [],
      )
    } catch {
      return []
    }
  })()
  return entries
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => ({
      name: `.github/workflows/${name}`,
      content: readFileSync(join(folder, name), 'utf8'),
    }))
    .filter(({ content }) => content.length <= longest)
}

function jobsOfFile(
  file: WorkflowFile,
  packages: Packages,
): readonly Omit<JobChecks, 'workflow'>[] {
  return Object.entries(file.jobs).map(([id, definition]) => {
    const found = checksOfDefinition({ id, definition, file }, packages)
    return {
      names: namesOf(id, definition),
      checks: found.flatMap(({ checks }) => checks),
      unreachable: found.flatMap(({ unreachable }) => unreachable),
    }
  })
}

/** A name that is only known while GitHub runs it is none. */
function namesOf(id: string, { name, strategy }: WorkflowJob): readonly string[] {
  if (name === undefined || name === null) return [id]
  const places = combinationsOf(strategy?.matrix) ?? [{}]
  const names = places.flatMap((matrix) => {
    const resolved = resolve(name, { matrix, env: {}, runner })
    return resolved.kind === 'known' ? [resolved.text] : []
  })
  return [...new Set(names)]
}

function checksOfDefinition(job: Job, packages: Packages): readonly FoundChecks[] {
  const { id, definition } = job
  const because = reasonAgainst(id, definition)
  if (because !== null) return isSilent(definition) ? [] : [unreachable(id, because)]
  const combinations = combinationsOf(definition.strategy?.matrix)
  return combinations === null
    ? [unreachable(id, 'Its matrix is computed while the workflow runs.')]
    : checksOfCombinations(job, combinations, packages)
}

interface Job {
  readonly id: string
  readonly definition: WorkflowJob
  readonly file: WorkflowFile
}

/** All combinations on Linux; what they have in common is found once. */
function checksOfCombinations(
  job: Job,
  combinations: readonly Combination[],
  packages: Packages,
): readonly FoundChecks[] {
  const places = combinations.map((matrix) => ({
    contexts: { matrix, env: {}, runner } satisfies Contexts,
    system: systemOf(job.definition['runs-on'], { matrix, env: {}, runner }),
  }))
  const here = places.filter(({ system }) => !/windows|macos/i.test(system))
  if (here.length === 0)
    return [unreachable(job.id, `It runs on ${places[0]?.system ?? 'nothing'}.`)]
  return here.flatMap(({ contexts }) => {
    const allowed = allows(job.definition.if, contexts)
    if (allowed === false) return []
    return typeof allowed === 'string'
      ? [unreachable(job.id, allowed)]
      : [checksOfJob(job, contexts, packages)]
  })
}

const runner = { os: 'Linux', arch: 'X64', temp: '/tmp' }

function systemOf(runsOn: Plain | undefined, contexts: Contexts): string {
  if (typeof runsOn === 'string') return runsOn
  if (typeof runsOn !== 'object' || runsOn === null) return ''
  if ('expression' in runsOn && typeof runsOn.expression === 'string') {
    const resolved = resolve({ expression: runsOn.expression }, contexts)
    return resolved.kind === 'known' ? resolved.text : ''
  }
  return JSON.stringify(runsOn)
}

function reasonAgainst(id: string, definition: WorkflowJob): string | null {
  if (definition.uses !== undefined) return 'It calls another workflow.'
  if (definition.services !== undefined && definition.services !== null)
    return 'It needs services beside it.'
  if (definition.container !== undefined && definition.container !== null)
    return 'It runs in a container of its own.'
  const named = `${id} ${typeof definition.name === 'string' ? definition.name : ''}`
  if (/\bbench(?:mark\w*)?\b/i.test(named.replaceAll(/[_-]/g, ' '))) return speed
  const delivers = /\b(?:deploy\w*|release|publish\w*)\b/i.test(named.replaceAll(/[_-]/g, ' '))
  return delivers || definition.environment !== undefined
    ? 'It publishes or deploys; that is not a check.'
    : null
}

/** Jobs without a script of their own are not worth a line. */
function isSilent({ steps, uses }: WorkflowJob): boolean {
  return uses === undefined && !steps.some(({ run }) => run !== undefined)
}

function unreachable(name: string, because: string): FoundChecks {
  return { checks: [], unreachable: [{ name, because }] }
}
