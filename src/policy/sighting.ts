import { type Evidence, isGreen } from '#domain/evidence.ts'
import { type Finding, fingerprint, type ToolId } from '#domain/finding.ts'

import type { Sighting } from './bisection.ts'

/**
 * What a run of the check on another commit says of one failure. Another failure of the same tool is not this one; a
 * command that broke before its tools spoke (a script that is not there, a build that fails) says nothing.
 */
export function sightingOf(target: Finding, of: Evidence): Sighting {
  if (of.end.kind === 'stopped') return 'unknown'
  const wanted = fingerprint(target)
  if (of.findings.some((each) => fingerprint(each) === wanted)) return 'red'
  if (isGreen(of)) return 'green'
  const spoke = of.findings.some(({ tool }) => tool === target.tool)
  return spoke && target.tool !== 'command' ? 'green' : 'unknown'
}

/** A program that reads files says the same each time; tests may not, so that they have to say it oftener. */
export function confirmationsFor(tool: ToolId): number {
  return mayFlake[tool] ? 4 : 2
}

const mayFlake: Record<ToolId, boolean> = {
  prettier: false,
  oxfmt: false,
  biome: false,
  eslint: false,
  oxlint: false,
  xo: false,
  standard: false,
  tsc: false,
  knip: false,
  vitest: true,
  jest: true,
  mocha: true,
  ava: true,
  'node-test': true,
  install: true,
  command: true,
}
