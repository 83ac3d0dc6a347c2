import type { Check } from '#domain/check.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Repair } from '#domain/failure.ts'
import type { Finding, ToolId } from '#domain/finding.ts'
import type { Patch } from '#domain/patch.ts'
import type { Place } from '#domain/place.ts'
import type { Task } from '#domain/task.ts'
import type { NewAuditEntry } from '#ports/run-store.ts'
import type { StepContext } from '#ports/step.ts'
import type { Workspace } from '#ports/workspace.ts'
import type { LadderPorts } from '#steps/ladder-ports.ts'
import type { WorkspacePorts } from '#steps/workspace-at.ts'

import { memoryBudgets } from './budgets.ts'
import { memoryLessons } from './lessons.ts'

type Files = Readonly<Record<string, string>>

/** A head on the default branch, without a commit before it. */
export const headPlace: Place = {
  mirror: { directory: '/m', origin: '/o', defaultBranch: 'main' },
  headSha: 'a'.repeat(40),
  baseSha: null,
  parentSha: null,
}

/** A check that is one call of a tool. */
export function checkOf(name: string, tool: ToolId): Check {
  return {
    name,
    command: tool,
    directory: '.',
    origin: 'package-script',
    before: [],
    invocations: [{ tool, argv: [tool], directory: '.' }],
    mode: 'apply',
  }
}

export function findingOf(tool: ToolId, file: string, message: string): Finding {
  return { tool, rule: null, file, line: 1, column: 1, subject: null, message }
}

/** What a check said: green without findings, red with any. */
export function said(...findings: readonly Finding[]): Evidence {
  return {
    command: findings[0]?.tool ?? 'tsc',
    end: { kind: 'exited', exitCode: findings.length === 0 ? 0 : 1 },
    durationMs: 1,
    outputTail: '',
    findings: [...findings],
  }
}

/** A proved repair of a type error in the files of its patch. */
export function repairOf(check: string, patch: Patch, rest: Partial<Repair> = {}): Repair {
  const before = said(findingOf('tsc', patch[0]?.path ?? 'a.ts', `${check} complains`))
  return {
    check,
    command: 'tsc',
    strategies: ['types/import'],
    descriptions: [`Repaired ${check}`],
    rootCauses: [`${check} was broken`],
    risk: 'safe',
    mode: 'apply',
    patch: [...patch],
    before,
    after: said(),
    ...rest,
  }
}

/** A step's context that keeps the notes. */
export function contextOf(): { readonly context: StepContext; readonly notes: string[] } {
  const notes: string[] = []
  const context: StepContext = {
    runId: 'run_1',
    phase: 'fix',
    step: 'step',
    attempt: 1,
    event: {
      kind: 'fix-requested',
      repository: '/o',
      ref: null,
      base: null,
      checks: [],
      taskId: '00000000-0000-7000-8000-0000deadbeef',
      publish: true,
    },
    startedAt: new Date(0),
    signal: new AbortController().signal,
    note: (text) => void notes.push(text),
  }
  return { context, notes }
}

/** A checkout of these files, without dependencies, in which nothing can be run. */
export function workspaceWith(files: Files): WorkspacePorts {
  const workspace: Workspace = {
    source: '/s',
    mounts: [],
    run: () => Promise.reject(new Error('not run')),
    read: (path, patch) => {
      const edit = patch.findLast((each) => each.path === path)
      return edit ? edit.content : (files[path] ?? null)
    },
    files: () => Object.keys(files),
  }
  return {
    repositories: { checkout: () => Promise.resolve('/s') },
    dependencies: { install: () => Promise.resolve({ kind: 'none-declared' }) },
    workspaces: { open: () => workspace },
  }
}

/** A store in memory: what was put on record, in order. */
export function memoryStore() {
  const entries: NewAuditEntry[] = []
  const tasks: Task[] = []
  const evidence: string[] = []
  const store = {
    append: async (entry: NewAuditEntry) => void entries.push(entry),
    saveTask: async (task: Task) => void tasks.push(task),
    saveEvidence: async (_run: string, key: string) => void evidence.push(key),
  }
  return { store, entries, tasks, evidence }
}

/** The ports of the ladder: no rung, nothing to observe; a test gives what it is about. */
export function ladderPorts(files: Files, given: Partial<LadderPorts>): LadderPorts {
  const { repositories, ...rest } = workspaceWith(files)
  return {
    ...rest,
    repositories: {
      ...repositories,
      read: () => Promise.resolve(null),
      changed: () => Promise.resolve([]),
      resolve: () => Promise.resolve(null),
      list: () => Promise.resolve([]),
    },
    observer: { observe: notObserved, again: notObserved },
    fixers: [],
    tidy: (_request, patch) => Promise.resolve(patch),
    recipeReader: { parse: () => ({ kind: 'valid', line: 1, column: 1 }) },
    recipeRunner: { complaint: () => Promise.resolve(null) },
    coder: null,
    lessons: memoryLessons().lessons,
    budgets: memoryBudgets().budgets,
    clock: { now: () => new Date(0) },
    checks: { relatedTo: namedByFiles },
    store: memoryStore().store,
    checkRuns: { verdict: nobodyToAsk, show: nobodyToAsk },
    comments: { show: nobodyToAsk },
    pullRequests: { head: nobodyToAsk, look: nobodyToAsk },
    branches: { tip: nobodyToAsk },
    claims: { whoWrote: nobodyToAsk },
    ...given,
  }
}

/** The tests of the files, by their name. */
function namedByFiles(check: Check, files: readonly string[]): Check {
  return { ...check, name: `${check.name} for ${files.join()}` }
}

function notObserved(): Promise<never> {
  return Promise.reject(new Error('not observed'))
}

function nobodyToAsk(): Promise<never> {
  return Promise.reject(new Error('nobody hosts it'))
}
