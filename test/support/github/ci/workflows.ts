import picomatch from 'picomatch'
import { parse } from 'yaml'
import { z } from 'zod'

import { git } from '../git/run-git.ts'
import { entriesAt } from '../git/trees.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Repository } from '../state.ts'

/** A workflow as our CI can run it: jobs one after the other, `run` steps in a plain checkout. */
export interface Workflow {
  readonly path: string
  readonly name: string
  readonly jobs: readonly WorkflowJob[]
}

export interface WorkflowJob {
  readonly id: string
  readonly name: string
  readonly needs: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Before which rules may hold it up. */
  readonly environment: string | null
  readonly steps: readonly Step[]
}

export interface Step {
  readonly name: string
  /** null: a step that uses an action; only its name is shown. */
  readonly run: string | null
  readonly uses: string | null
  readonly env: Readonly<Record<string, string>>
  readonly folder: string
  /** Runs although an earlier step failed. */
  readonly always: boolean
  readonly mayFail: boolean
}

export interface Trigger {
  readonly event: 'push' | 'pull_request' | 'workflow_dispatch'
  /** Of a push: the branch pushed to; of a pull request: its base. */
  readonly branch: string
  /** The commit whose workflow files count. */
  readonly sha: string
}

/** The workflows that a repository's CI runs now. */
export async function workflowsFor(repository: Repository, trigger: Trigger): Promise<Workflow[]> {
  const { ci } = repository
  if (ci === 'off') return []
  if (ci !== 'workflows') return [givenCommands(ci)]
  const folder = '.github/workflows/'
  const files = await entriesAt(repository.directory, trigger.sha, { path: folder })
  const found = []
  for (const { path, sha } of files.filter(({ path }) => /\.ya?ml$/.test(path))) {
    const text = await git(repository.directory, ['cat-file', 'blob', sha])
    const file = fileShape.safeParse(parse(text))
    if (file.success && starts(file.data.on, trigger)) found.push(workflowOf(path, file.data))
  }
  return found
}

/** What somebody asks for by hand, and how GitHub refuses it. */
export interface Dispatched {
  readonly path: string
  /** The commit whose workflow file counts. */
  readonly sha: string
  readonly inputs: Readonly<Record<string, string>>
}

/** A workflow that is started by hand, with the inputs where it names them. */
export async function dispatchedWorkflow(
  { directory, ci }: Repository,
  { path, sha, inputs }: Dispatched,
): Promise<{ readonly workflow: Workflow; readonly title: string }> {
  const files = ci === 'workflows' ? await entriesAt(directory, sha, { path }) : []
  const found = files.find((one) => one.path === path)
  if (found === undefined) throw notFound()
  const text = await git(directory, ['cat-file', 'blob', found.sha])
  const given = inputsOf(fileShape.parse(parse(text)).on, inputs)
  const filled = text.replaceAll(
    /\$\{\{ *inputs\.([\w-]+) *\}\}/g,
    (...[, name]) => given[String(name)] ?? '',
  )
  const file = fileShape.parse(parse(filled))
  const workflow = workflowOf(path, file)
  return { workflow, title: file['run-name'] ?? workflow.name }
}

/** As GitHub refuses them: what is not declared, and what is required and missing. */
function inputsOf(
  on: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (!('workflow_dispatch' in on))
    throw new Refusal(422, "Workflow does not have 'workflow_dispatch' trigger")
  const declared = dispatchShape.safeParse(on['workflow_dispatch']).data?.inputs ?? {}
  const unknown = Object.keys(inputs).filter((name) => !(name in declared))
  if (unknown.length > 0)
    throw new Refusal(422, `Unexpected inputs provided: ${JSON.stringify(unknown)}`)
  const missing = Object.entries(declared).find(([name, one]) => one.required && !(name in inputs))
  if (missing !== undefined) throw new Refusal(422, `Required input '${missing[0]}' not provided`)
  return inputs
}

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const env = z.record(z.string(), scalar).default({})
const oneOrMany = z.union([z.string().transform((one) => [one]), z.array(z.string())])
const stepShape = z.object({
  name: z.string().optional(),
  run: z.string().optional(),
  uses: z.string().optional(),
  if: scalar.optional(),
  env,
  'working-directory': z.string().default('.'),
  'continue-on-error': z.boolean().default(false),
})
const jobShape = z.object({
  name: z.string().optional(),
  needs: oneOrMany.default([]),
  environment: z
    .union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])
    .nullable()
    .default(null),
  env,
  steps: z.array(stepShape).default([]),
})
const input = z.object({ required: z.boolean().default(false) }).nullable()
const dispatchShape = z.object({
  inputs: z
    .record(
      z.string(),
      input.transform((one) => one ?? { required: false }),
    )
    .default({}),
})
const branches = z.object({ branches: oneOrMany.optional() }).nullable()
const events = z.record(z.string(), z.unknown())
const fileShape = z.object({
  name: z.string().optional(),
  'run-name': z.string().optional(),
  on: z.union([
    oneOrMany.transform((names) => Object.fromEntries(names.map((n) => [n, null]))),
    events,
  ]),
  env,
  jobs: z.record(z.string(), jobShape),
})

function starts(on: Readonly<Record<string, unknown>>, { event, branch }: Trigger): boolean {
  if (!(event in on)) return false
  const filter = branches.safeParse(on[event]).data?.branches
  return filter === undefined || picomatch.isMatch(branch, filter)
}

function workflowOf(path: string, file: z.infer<typeof fileShape>): Workflow {
  const jobs = Object.entries(file.jobs).map(([id, job]) => ({
    id,
    name: job.name ?? id,
    needs: job.needs,
    environment: job.environment,
    env: { ...file.env, ...job.env },
    steps: job.steps.map(stepOf),
  }))
  return { path, name: file.name ?? path, jobs }
}

function stepOf(step: z.infer<typeof stepShape>): Step {
  const { run = null, uses = null } = step
  const first = run?.split('\n')[0] ?? uses ?? ''
  return {
    name: step.name ?? `Run ${first}`,
    run,
    uses,
    env: step.env,
    folder: step['working-directory'],
    always: /always\(\)|failure\(\)/.test(step.if ?? ''),
    mayFail: step['continue-on-error'],
  }
}

function givenCommands(commands: Readonly<Record<string, string>>): Workflow {
  const usual = { uses: null, env: {}, folder: '.', always: false, mayFail: false }
  const jobs = Object.entries(commands).map(([name, run]) => ({
    id: name,
    name,
    needs: [],
    env: {},
    environment: null,
    steps: [{ ...usual, name: `Run ${run}`, run }],
  }))
  return { path: '.github/workflows/ci.yml', name: 'CI', jobs }
}
