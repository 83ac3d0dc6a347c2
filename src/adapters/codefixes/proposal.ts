import type ts from 'typescript6'

import type { Problem } from './problems.ts'
import type { Project } from './project/open-project.ts'
import type { Projects } from './project/projects.ts'

export interface TextEdit {
  /** Absolute. */
  readonly file: string
  readonly start: number
  readonly length: number
  readonly text: string
}

export interface Proposal {
  readonly strategy: string
  readonly description: string
  readonly rootCause: string
  readonly risk: 'safe' | 'review'
  readonly edits: readonly TextEdit[]
}

/**
 * Proposals of equal merit. Where two of them hold and differ, nobody can say which was meant: none is taken.
 * Later tiers are only looked at when no proposal of this one holds.
 */
export type Tier = readonly Proposal[]

/** Where a problem stands, for a fixer to look around. */
export interface Scene {
  readonly problem: Problem
  readonly project: Project
  readonly projects: Projects
  readonly file: ts.SourceFile
  readonly checker: ts.TypeChecker
  /** The innermost node at the problem's place. */
  readonly node: ts.Node
  /** The file, as we name it to people. */
  readonly name: string
}

/** Proposes; whether a proposal holds is measured elsewhere. */
export type CodeFixer = (scene: Scene) => Iterable<Tier>
