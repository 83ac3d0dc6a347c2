import type { Check } from '#domain/check.ts'
import type { ComplexReason } from '#domain/complexity.ts'
import type { Finding } from '#domain/finding.ts'
import type { Patch } from '#domain/patch.ts'
import type { Recipe } from '#domain/recipe.ts'

import type { Workspace } from './workspace.ts'

/** The ladder, cheapest first. The last rung is no fixer: it costs money and is asked when no fixer helps. */
export const rungs = [
  'format',
  'lint',
  'types',
  'dependencies',
  'snapshot',
  'recipe',
  'coder',
] as const
type Rung = Exclude<(typeof rungs)[number], 'coder'>

export interface FixRequest {
  readonly workspace: Workspace
  readonly check: Check
  /** What was already accepted on top of the commit. */
  readonly patch: Patch
  /** The findings to make go away; others are pre-existing and left alone. */
  readonly findings: readonly Finding[]
  readonly snapshotsAllowed: boolean
  /** Those of the default branch. */
  readonly recipes: readonly Recipe[]
  /** Files of the base commit by path, for what a later commit dropped (a package.json entry); null when there is no base. */
  readonly base: Before | null
}

/** A commit that was green, or was there before what is red. */
export interface Before {
  read(path: string): Promise<string | null>
  /** The paths that are not as they were then; empty where they are too many to look at. */
  changed(): Promise<readonly string[]>
}

/** One proposal. It is a claim until the failing check was run on it. */
export interface Candidate {
  /** e.g. "types/import", the key under which its success is remembered. */
  readonly strategy: string
  /** One sentence in the past tense: "Imported `format` from ./format.ts in src/cli.ts". */
  readonly description: string
  /** Why the code was broken, as far as the fixer knows: "src/cli.ts used `format` without importing it". */
  readonly rootCause: string
  /** Edits on top of `request.patch`. */
  readonly patch: Patch
  /** `review`: right as far as we can prove, yet a human should look (widened API, hidden null). */
  readonly risk: 'safe' | 'review'
  /** Why what a model wrote is for a human: then it is for review. */
  readonly complex?: readonly ComplexReason[]
  /** True where each candidate's texts already contain those of the candidates before it. */
  readonly stacked?: boolean
  /** True where the texts are already formatted as the repository formats. */
  readonly tidied?: boolean
}

/** A patch formatted as the repository formats, where the files were formatted before; without a formatter, as it is. */
export type Tidy = (
  request: Pick<FixRequest, 'workspace' | 'patch' | 'check'>,
  patch: Patch,
) => Promise<Patch>

export interface Fixer {
  readonly id: string
  readonly rung: Rung
  /** Cheap: can this fixer do anything about these findings? */
  applies(request: FixRequest): boolean
  /** Candidates in the order they should be tried. Each is judged alone on top of what was accepted before it. */
  propose(request: FixRequest): Promise<readonly Candidate[]>
  /** Begins what `propose` would have to wait for, for a check that is told to be red. Costs nothing but the machine's time. */
  foresee?(workspace: Workspace, check: Check): void
  /** Ends what was foreseen for these files, or for all, and never asked for. */
  forget?(workspace: Workspace | null): void
}
