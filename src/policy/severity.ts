import type { ToolId } from '#domain/finding.ts'
import type { Severity } from '#domain/severity.ts'

import { isSecurityPath } from './priority.ts'

export interface Failure {
  /** The tools that complain. */
  readonly tools: readonly ToolId[]
  readonly onDefaultBranch: boolean
  readonly paths: readonly string[]
}

/** S2-01: how bad a failure is. A red default branch stops everybody; security paths weigh one level more. */
export function severityOf({ tools, onDefaultBranch, paths }: Failure): Severity {
  const steps = Math.max(
    ...tools.map((tool) => weight[tool]),
    tools.length === 0 ? weight.command : 0,
  )
  const level =
    steps + (onDefaultBranch ? 1 : 0) + (steps > 0 && paths.some(isSecurityPath) ? 1 : 0)
  return levels[Math.min(level, levels.length - 1)] ?? 'critical'
}

const levels: readonly Severity[] = ['low', 'medium', 'high', 'critical']

/** Nothing installs: 2. Something does not work: 1. Something looks bad: 0. */
const weight: Record<ToolId, number> = {
  install: 2,
  tsc: 1,
  vitest: 1,
  jest: 1,
  mocha: 1,
  ava: 1,
  'node-test': 1,
  command: 1,
  eslint: 0,
  oxlint: 0,
  biome: 0,
  xo: 0,
  standard: 0,
  knip: 0,
  prettier: 0,
  oxfmt: 0,
}
