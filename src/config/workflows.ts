import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { WorkflowProblem } from '#domain/workflow-problem.ts'
import { type Workflow, workflow } from '#domain/workflow.ts'

import { readStrictYaml } from './strict-yaml.ts'
import type { Complaint } from './yaml-text.ts'

interface FileComplaint extends Complaint {
  readonly file: string
}

/** The workflows cannot be used. The message lists why: a line per problem, `file:line:column: sentence. Remedy`. */
export class InvalidWorkflowsError extends Error {
  readonly complaints: readonly FileComplaint[]

  constructor(complaints: readonly FileComplaint[]) {
    const lines = complaints.map(
      ({ file, line, column, problem, remedy }) =>
        `${file}:${line}:${column}: ${problem}. ${remedy}`,
    )
    super(['The workflows cannot be used:', ...lines].join('\n'))
    this.name = 'InvalidWorkflowsError'
    this.complaints = complaints
  }
}

type Check = (workflow: Workflow) => readonly WorkflowProblem[]

/** Every `*.yml` of a folder, by name. Throws InvalidWorkflowsError with all that is wrong in any of them. */
export function readWorkflows(directory: string, check: Check): readonly Workflow[] {
  const files = filesIn(directory)
  const read = files.map((file) => readWorkflow(file, readFileSync(file, 'utf8'), check))
  const workflows = read.flatMap((one) => (one.kind === 'valid' ? [one] : []))
  const complaints = [
    ...(files.length === 0 ? [noWorkflows(directory)] : []),
    ...read.flatMap((one) => (one.kind === 'invalid' ? one.complaints : [])),
    ...workflows.flatMap((one, at) => namesake(one, workflows.slice(0, at))),
  ]
  if (complaints.length > 0) throw new InvalidWorkflowsError(complaints)
  return workflows.map(({ workflow }) => workflow)
}

type Read = { readonly kind: 'invalid'; readonly complaints: readonly FileComplaint[] } | Named

interface Named {
  readonly kind: 'valid'
  readonly workflow: Workflow
  readonly file: string
  readonly nameAt: { readonly line: number; readonly column: number }
}

function readWorkflow(file: string, text: string, check: Check): Read {
  const read = readStrictYaml(text, workflow)
  if (read.kind === 'invalid') {
    return { kind: 'invalid', complaints: read.complaints.map((one) => ({ file, ...one })) }
  }
  const { value, locate } = read
  const complaints = check(value).map(({ path, problem, remedy }) => ({
    file,
    ...locate(path),
    problem,
    remedy,
  }))
  if (complaints.length > 0) return { kind: 'invalid', complaints }
  return { kind: 'valid', workflow: value, file, nameAt: locate(['name']) }
}

function namesake(
  { workflow, file, nameAt }: Named,
  before: readonly Named[],
): readonly FileComplaint[] {
  const other = before.find((one) => one.workflow.name === workflow.name)
  if (other === undefined) return []
  const problem = `"${workflow.name}" is the name of ${other.file}, too`
  return [{ file, ...nameAt, problem, remedy: 'Give each workflow a name of its own.' }]
}

function filesIn(directory: string): readonly string[] {
  try {
    const names = readdirSync(directory).filter((name) => /\.ya?ml$/.test(name))
    return names.toSorted().map((name) => join(directory, name))
  } catch {
    // A folder that cannot be read has no workflows, which is said with its name.
    return []
  }
}

function noWorkflows(directory: string): FileComplaint {
  return {
    file: directory,
    line: 1,
    column: 1,
    problem: 'There is no workflow in this folder',
    remedy: 'Put a workflow file there, such as auto-fix.yml.',
  }
}
