import { join } from 'node:path'

import ts from 'typescript6'

import * as codes from './codes.ts'
import { closureOf, ownFiles } from './import-graph.ts'
import type { Problem } from './problems.ts'
import type { Projects } from './project/projects.ts'
import type { Target } from './protocol.ts'

/** Which problems are to go away, and in which files to look for them, most likely first. */
export interface Wanted {
  readonly files: readonly string[]
  /** Files where what nobody uses counts too. */
  readonly unusedIn: ReadonlySet<string>
  readonly includes: (problem: Problem) => boolean
}

const linters = new Set(['eslint', 'oxlint', 'xo', 'standard', 'biome', 'knip'])

/** What a linter's rule is called as a problem of the compiler. */
const rules: Readonly<Record<string, ReadonlySet<number>>> = {
  'no-unused-vars': codes.unusedCodes,
  'no-unused-imports': codes.unusedCodes,
  noUnusedVariables: codes.unusedCodes,
  noUnusedImports: codes.unusedCodes,
  noUnusedFunctionParameters: codes.unusedCodes,
  'no-undef': codes.unknownName,
  'jsx-no-undef': codes.unknownName,
  noUndeclaredVariables: codes.unknownName,
  'no-unresolved': codes.unresolvedModule,
  'no-missing-import': codes.unresolvedModule,
  'no-missing-require': codes.unresolvedModule,
  noUnresolvedImports: new Set([...codes.unresolvedModule, ...codes.missingExport]),
  named: codes.missingExport,
  default: codes.missingExport,
  namespace: codes.unknownMember,
}

export function wantedOf(projects: Projects, targets: readonly Target[]): Wanted {
  const named = targets.map((target) => matcherOf(projects, target))
  return {
    files: [...new Set(named.flatMap(({ files }) => files))],
    unusedIn: new Set(named.flatMap(({ files, unused }) => (unused ? files : []))),
    includes: (problem) => named.some(({ matches }) => matches(problem)),
  }
}

interface Matcher {
  readonly files: readonly string[]
  readonly unused: boolean
  readonly matches: (problem: Problem) => boolean
}

function matcherOf(projects: Projects, target: Target): Matcher {
  if (target.tool === 'tsc') return compilerMatcher(projects, target)
  if (linters.has(target.tool)) return linterMatcher(projects, target)
  return runMatcher(projects, target)
}

function compilerMatcher(projects: Projects, target: Target): Matcher {
  const file = fileOf(projects, target)
  const code = Number(/\d+/.exec(target.rule ?? '')?.[0] ?? 0)
  return {
    files: file === null ? [] : [file],
    unused: false,
    // Another version of the compiler words the same complaint differently, at the same line.
    matches: (problem) =>
      problem.file === file &&
      ((problem.code === code && problem.message === target.message) ||
        lineOf(problem) === target.line ||
        (problem.code === code && target.line === null)),
  }
}

function linterMatcher(projects: Projects, target: Target): Matcher {
  const file = fileOf(projects, target)
  const rule = target.rule?.split('/').at(-1)?.replace(/[()]/g, ' ').trim().split(' ').at(-1) ?? ''
  const accepted = rules[rule]
  return {
    files: file === null || accepted === undefined ? [] : [file],
    unused: accepted === codes.unusedCodes,
    matches: (problem) =>
      problem.file === file &&
      accepted?.has(problem.code) === true &&
      (target.line === null || covers(problem, target.line)),
  }
}

/** A test or program that fails because its code does not hold together: whatever cannot be resolved on its way. */
function runMatcher(projects: Projects, target: Target): Matcher {
  const start = [fileOf(projects, target), ...mentioned(projects, target.message)].filter(
    (file) => file !== null,
  )
  const closures = start.flatMap((file) =>
    projects.covering(file).flatMap((project) => [...closureOf(project, file)]),
  )
  const files = new Set(start.length > 0 ? [...start, ...closures] : everything(projects))
  return {
    files: [...files],
    unused: false,
    matches: (problem) => files.has(problem.file) && isRuntime(problem, target),
  }
}

function everything(projects: Projects): readonly string[] {
  return projects.all.flatMap((project) =>
    ownFiles(project.program()).map(({ fileName }) => fileName),
  )
}

/** Without types as with them: what loads such a file fails. */
const fatal = new Set([...codes.unresolvedModule, ...codes.missingExport, ...codes.misplacedAwait])

/** With guessed options a member is only believed missing where the failing run says so. */
function isRuntime({ project, code, message }: Problem, target: Target): boolean {
  if (fatal.has(code)) return true
  const name = /'([^']+)'/.exec(message)?.[1] ?? ''
  if (project.loose) return name !== '' && target.message.includes(name)
  return (
    codes.unknownName.has(code) || codes.unknownMember.has(code) || codes.awaitRelated.has(code)
  )
}

function mentioned(projects: Projects, message: string): readonly string[] {
  const words = message.slice(0, 20_000).match(/[\w@./-]+\.[cm]?[jt]sx?\b/g) ?? []
  return projects.sources.all.filter((file) =>
    words.some((word) => file === word || file.endsWith(`/${word.replace(/^\.?\//, '')}`)),
  )
}

function fileOf(projects: Projects, { file }: Target): string | null {
  return file === null ? null : join(projects.root, file)
}

function lineOf({ project, file, start }: Problem): number {
  const source = project.program().getSourceFile(file)
  return source ? source.getLineAndCharacterOfPosition(start).line + 1 : 0
}

function covers(problem: Problem, line: number): boolean {
  const source = problem.project.program().getSourceFile(problem.file)
  if (source === undefined) return false
  const end = problem.start + problem.length
  return lineOf(problem) <= line && ts.getLineAndCharacterOfPosition(source, end).line + 1 >= line
}
