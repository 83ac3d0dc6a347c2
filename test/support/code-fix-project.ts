import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { onTestFinished } from 'vitest'

import { problemsOf } from '../../src/adapters/codefixes/problems.ts'
import { openProjects } from '../../src/adapters/codefixes/project/projects.ts'
import { isProgram } from '../../src/adapters/codefixes/project/source-files.ts'
import type { RepairAnswer, Target } from '../../src/adapters/codefixes/protocol.ts'
import { repair } from '../../src/adapters/codefixes/repair.ts'

export type Files = Readonly<Record<string, string>>

const options = {
  target: 'es2023',
  module: 'nodenext',
  strict: true,
  noImplicitOverride: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  types: [],
  skipLibCheck: true,
}

/** Writes a small ES module project to a directory that goes with the test. */
function projectOf(files: Files, compilerOptions: object = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'gk-types-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const all = {
    'package.json': '{"name":"shop","type":"module"}',
    'tsconfig.json': JSON.stringify({
      compilerOptions: { ...options, ...compilerOptions },
      include: ['src', 'test'],
    }),
    ...files,
  }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** What the compiler says about the project, as a tool's findings would. */
function complaints(root: string, files: Files): readonly Target[] {
  const programs = Object.keys(files).filter(isProgram)
  const { all } = openProjects(root, {
    files: programs.map((file) => join(root, file)),
    configs: [],
  })
  return all.flatMap((project) =>
    [...project.files].flatMap((file) =>
      problemsOf(project, file, false).map(({ code, message, start }) => ({
        tool: 'tsc',
        rule: `TS${code}`,
        file: file.slice(root.length + 1),
        line: lineAt(project.program().getSourceFile(file)?.text ?? '', start),
        column: 1,
        message,
      })),
    ),
  )
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}

interface Repaired extends RepairAnswer {
  readonly after: Files
  readonly strategies: readonly string[]
}

/** Breaks nothing itself: writes the files, hands on what the compiler says, and lays the repairs over the files. */
export function repaired(files: Files, compilerOptions: object = {}, was: Files = {}): Repaired {
  const root = projectOf(files, compilerOptions)
  return repairedIn(root, complaints(root, files), was)
}

/** The same for what another tool says. */
export function repairedFor(files: Files, targets: readonly Target[]): Repaired {
  return repairedIn(projectOf(files), targets)
}

function repairedIn(root: string, targets: readonly Target[], was: Files = {}): Repaired {
  const answer = repair(root, { targets, configs: [], was, budgetMs: 60_000 })
  const edits = answer.repairs.flatMap((one) => one.edits)
  return {
    ...answer,
    strategies: answer.repairs.map(({ strategy }) => strategy),
    after: Object.fromEntries(edits.map(({ path, content }) => [path, content])),
  }
}
