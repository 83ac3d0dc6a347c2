import ts from 'typescript6'

import { believable, unusedCodes } from './codes.ts'
import type { Project } from './project/open-project.ts'

/** A diagnostic of one file, with what makes it the same diagnostic after an edit: never its position. */
export interface Problem {
  readonly project: Project
  readonly file: string
  readonly code: number
  readonly start: number
  readonly length: number
  readonly message: string
  readonly key: string
}

/**
 * What the compiler holds against a file: syntax and meaning, and, where asked, what nobody uses
 * (a linter's complaint that the compiler only suggests).
 */
export function problemsOf(project: Project, file: string, unused: boolean): readonly Problem[] {
  if (project.program().getSourceFile(file) === undefined) return []
  const { service } = project
  const found: ts.Diagnostic[] = [
    ...service.getSyntacticDiagnostics(file),
    ...service.getSemanticDiagnostics(file),
    ...(unused ? suggestions(project, file) : []),
  ]
  const seen = new Set<ts.Diagnostic>()
  return found
    .filter((one) => !seen.has(one) && seen.add(one) && trusted(project, file, one))
    .map((one) => problemOf(project, file, one))
}

function suggestions({ service }: Project, file: string): readonly ts.Diagnostic[] {
  const own = service.getSemanticDiagnostics(file)
  return service
    .getSuggestionDiagnostics(file)
    .filter(({ code }) => unusedCodes.has(code) && !own.some((one) => one.code === code))
}

/** Without a tsconfig, types are a guess; only what fails to resolve is a fact. */
function trusted(project: Project, file: string, { code }: ts.Diagnostic): boolean {
  const unchecked = /\.[cm]?jsx?$/.test(file) && project.options.checkJs !== true
  return (!project.loose && !unchecked) || believable.has(code)
}

function problemOf(project: Project, file: string, diagnostic: ts.Diagnostic): Problem {
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')
  const { code, start = 0, length = 0 } = diagnostic
  return { project, file, code, start, length, message, key: `${file}|${code}|${message}` }
}

/** The problems of `after` that `before` did not have, as a multiset of keys. */
export function newProblems(
  before: readonly Problem[],
  after: readonly Problem[],
): readonly Problem[] {
  const left = new Map<string, number>()
  for (const { key } of before) left.set(key, (left.get(key) ?? 0) + 1)
  return after.filter(({ key }) => {
    const count = left.get(key) ?? 0
    left.set(key, count - 1)
    return count <= 0
  })
}
