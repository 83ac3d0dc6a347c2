import type { Finding } from '#domain/finding.ts'
import type { Measurement } from '#domain/report.ts'

/** The short lines below a step of a fix run, and the details of its failures. */
export function configurationProblem(
  path: string,
  at: {
    readonly line: number
    readonly column: number
    readonly problem: string
    readonly remedy: string
  },
): string {
  return `${path}:${at.line}:${at.column}: ${at.problem}. ${at.remedy}`
}

interface Unreachable {
  readonly name: string
  readonly because: string
}

/** Why checks are not run, each reason once: a matrix over versions makes dozens of them. */
export function unreachableNotes(unreachable: readonly Unreachable[]): readonly string[] {
  const reasons = [...new Set(unreachable.map(({ because }) => because))]
  return reasons.map((because) => {
    const names = unreachable.filter((one) => one.because === because).map(({ name }) => name)
    return `${firstNames(names)}: ${because}`
  })
}

/** "a, b, c and 3 more" */
export function firstNames(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  const shown = names.slice(0, MOST_NAMES).join(', ')
  return more > 0 ? `${shown} and ${more} more` : shown
}

const MOST_NAMES = 3

export function noChecksDetail(unreachable: readonly Unreachable[]): string {
  if (unreachable.length === 0)
    return 'no configured check, no runnable workflow step and no known package script was found; name one with --check'
  return unreachableNotes(unreachable).join('; ')
}

export function redNote(check: string, findings: number): string {
  return `${check} is red: ${counted(findings, 'finding')}`
}

export function preExistingNote(check: string, findings: number): string {
  return `${check}: ${counted(findings, 'finding')} already red on the base, left alone`
}

/** A stand-in is nobody's promise: what it said before as well is no news. */
export function passedOverNote(check: string): string {
  return `${check} is left out: CI does not run it, and it was red before as well`
}

export function flakyNote(check: string): string {
  return `${check} is flaky: it changed its mind on the same files; no code is changed for it`
}

/** Why a check that is green here is called flaky all the same. */
export const doubtedDetail = 'red in CI, and red and green here, on the same commit'

export function discardedNote(strategy: string, verdict: string): string {
  return `tried ${strategy}, not kept: ${verdict}`
}

export function skippedNote(strategy: string, kept: number, tried: number): string {
  return `left out ${strategy}: for failures of this kind it helped here ${kept} of ${tried} times`
}

export function newlyBrokenNote(check: string, attempt: number, attempts: number): string {
  return `${check} was green before and is red with the fix (attempt ${attempt} of ${attempts})`
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** What is left of a check, for its report: the first findings, and what the owner could switch on. */
export function leftDetail(left: readonly Finding[], snapshotsAllowed: boolean): string {
  const first = left.slice(0, 3).map(({ file, line, message }) => `${placed(file, line)}${message}`)
  const more = left.length > 3 ? [`and ${left.length - 3} more`] : []
  const closed = !snapshotsAllowed && left.some(({ rule }) => rule === 'snapshot')
  return [...first, ...more, ...(closed ? [snapshotsClosed] : [])].join('; ')
}

function placed(file: string | null, line: number | null): string {
  if (file === null) return ''
  return line === null ? `${file} ` : `${file}:${line} `
}

const snapshotsClosed =
  'stale snapshots are rewritten only where .github/goalkeeper.yml says "snapshots: true"'

export function unsolvedDetail(
  unsolved: readonly { readonly check: string; readonly detail: string }[],
): string {
  return unsolved.map(({ check, detail }) => `${check}: ${detail}`).join('\n')
}

export function repairTitle(repair: {
  readonly check: string
  readonly descriptions: readonly string[]
  readonly after: Pick<Measurement, 'end'>
  readonly reverts?: string
}): string {
  const [first, ...others] = repair.descriptions
  if (repair.reverts !== undefined && first !== undefined) return first
  if (first !== undefined && others.length === 0) return lowerFirst(first)
  return isGreen(repair.after)
    ? `make ${repair.check} green again`
    : `take away what was new in ${repair.check}`
}

function isGreen({ end }: Pick<Measurement, 'end'>): boolean {
  return end.kind === 'exited' && end.exitCode === 0
}

/** In place of what was changed for a check: the repairs of others had done it already, all of it or what was new. */
export function repairedByOthers(after: Pick<Measurement, 'end'>): string {
  return isGreen(after)
    ? 'the repairs of the other checks made it green'
    : 'the repairs of the other checks took away what was new in it; what is left was red before'
}

export function committedNote(sha: string, check: string): string {
  return `${sha.slice(0, 12)} repairs ${check}`
}

export function deliveredNote(branch: string): string {
  return `branch ${branch}`
}

function lowerFirst(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`
}

export function refusalDetail(
  refusals: readonly {
    readonly file: string
    readonly line: number | null
    readonly what: string
  }[],
): string {
  return refusals
    .map(({ file, line, what }) => `${file}${line === null ? '' : `:${line}`} ${what}`)
    .join('\n')
}

export function sizeDetail(size: {
  readonly what: 'files' | 'lines'
  readonly is: number
  readonly most: number
}): string {
  return `${size.is} ${size.what}, at most ${size.most} are allowed`
}

export function riskNote(mark: {
  readonly class: string
  readonly path: string
  readonly line: number | null
}): string {
  const where = `${mark.path}${mark.line === null ? '' : `:${mark.line}`}`
  return `for a human to decide: ${mark.class} (${where})`
}

/** What a branch is called: after its one check, or by how many there are. */
export function branchTitle(repairs: readonly { readonly check: string }[]): string {
  const [first, ...others] = repairs
  return first !== undefined && others.length === 0 ? first.check : `${repairs.length} red checks`
}
