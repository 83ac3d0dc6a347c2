import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { FoundChecks } from '#ports/checks.ts'

import { allows, resolve } from './expressions.ts'
import type { Contexts } from './expressions.ts'
import { combinationsOf } from './matrix.ts'
import type { Combination } from './matrix.ts'
import { onceEach } from './once-each.ts'
import type { Packages } from './packages.ts'
import { judgesChanges, readWorkflow } from './workflow-file.ts'
import type { WorkflowFile, WorkflowJob } from './workflow-file.ts'
import { checksOfJob } from './workflow-jobs.ts'
import type { Plain } from './workflow-parser.ts'

/** The checks in `.github/workflows`: the `run` steps of jobs that run on pushes or pull requests. */
export async function checksOfWorkflows(source: string, packages: Packages): Promise<FoundChecks> {
  const found: FoundChecks[] = []
  for (const { name, content } of workflowFiles(source)) {
    const file = await readWorkflow(name, content)
    if (file === null) {
      found.push(unreachable(name, 'GitHub would not accept this workflow file.'))
    } else if (judgesChanges(file)) {
      found.push(...checksOfFile(file, packages))
    }
  }
  return onceEach({
    checks: found.flatMap(({ checks }) => checks),
    unreachable: found.flatMap(({ unreachable }) => unreachable),
  })
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

function checksOfFile(file: WorkflowFile, packages: Packages): readonly FoundChecks[] {
  return Object.entries(file.jobs).flatMap(([id, definition]) => {
    const because = reasonAgainst(id, definition)
    if (because !== null) return isSilent(definition) ? [] : [unreachable(id, because)]
    const combinations = combinationsOf(definition.strategy?.matrix)
    if (combinations === null)
      return [unreachable(id, 'Its matrix is computed while the workflow runs.')]
    return checksOfCombinations({ id, definition, file }, combinations, packages)
  })
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
