import type { Evidence } from '#domain/evidence.ts'
import { isGreen } from '#domain/evidence.ts'
import type { Finding, ToolId } from '#domain/finding.ts'
import { fingerprint } from '#domain/finding.ts'
import type { FlakeVerdict } from '#domain/verdict.ts'

import { difference } from './compare.ts'

/**
 * Reads repeated runs of one check on one tree, the first one included.
 * Stops at the first mixed outcome; otherwise after as many reruns as its tools deserve.
 */
export function judgeRuns(runs: readonly Evidence[]): FlakeVerdict {
  const telling = runs.filter((run) => infrastructureFault(run) === null)
  const first = telling[0]
  if (first === undefined) return withoutEvidence(runs)
  const other = telling.find((run) => !sameResult(run, first))
  if (other !== undefined) return { kind: 'flaky', findings: changing(first, other) }
  if (isGreen(first)) return { kind: 'green' }
  return telling.length > rerunsFor(toolsOf(first)) || runs.length > MOST_RERUNS
    ? { kind: 'broken' }
    : { kind: 'rerun' }
}

/** Four reruns found 23 of 24 flaky tests and misjudged none (fixers.md B2). */
const MOST_RERUNS = 4

/** Tools that answer from the text alone need one look more (K48); tests and unknown programs depend on time and chance. */
export function rerunsFor(tools: readonly ToolId[]): number {
  return tools.length > 0 && tools.every((tool) => deterministic[tool]) ? 1 : MOST_RERUNS
}

/** Why a run says nothing about the code, or null when it does. */
export function infrastructureFault(of: Evidence): string | null {
  if (of.end.kind === 'stopped') return `it was stopped by its ${of.end.by} limit`
  if (isGreen(of)) return null
  if (of.findings.some(({ tool }) => tool === 'install')) return 'its dependencies did not install'
  const sign = signs.find(([pattern]) => pattern.test(of.outputTail))
  return sign?.[1] ?? null
}

function withoutEvidence(runs: readonly Evidence[]): FlakeVerdict {
  const fault = runs.map(infrastructureFault).find((because) => because !== null)
  // One fault may be bad luck; two in a row are the machine's answer.
  if (fault === undefined || fault === null || runs.length < 2) return { kind: 'rerun' }
  return { kind: 'infrastructure', because: fault }
}

function sameResult(one: Evidence, other: Evidence): boolean {
  return isGreen(one) === isGreen(other) && changing(one, other).length === 0
}

function changing(one: Evidence, other: Evidence): readonly Finding[] {
  const [a, b] = [unique(one.findings), unique(other.findings)]
  return [...difference(a, b), ...difference(b, a)]
}

function unique(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [fingerprint(finding), finding])).values()]
}

function toolsOf(of: Evidence): readonly ToolId[] {
  return of.findings.map(({ tool }) => tool)
}

const signs: readonly (readonly [RegExp, string])[] = [
  [/\bEAI_AGAIN\b|\bENETUNREACH\b|npm error network|ERR_SOCKET_TIMEOUT/, 'it needs a network'],
  [/\bENOSPC\b/, 'the disk is full'],
  [/\bENOMEM\b|JavaScript heap out of memory/, 'the memory is full'],
  [/\bEMFILE\b|\bENFILE\b/, 'too many files are open'],
]

const deterministic: Record<ToolId, boolean> = {
  prettier: true,
  oxfmt: true,
  biome: true,
  eslint: true,
  oxlint: true,
  xo: true,
  standard: true,
  tsc: true,
  knip: true,
  install: false,
  vitest: false,
  jest: false,
  mocha: false,
  ava: false,
  'node-test': false,
  command: false,
}
