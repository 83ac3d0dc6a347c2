import type { Failure } from '#domain/failure.ts'
import type { ToolId } from '#domain/finding.ts'

/**
 * The order in which red checks are repaired: what others stand on first (nothing installs, nothing compiles),
 * formatting last, so that the lines the other repairs write are formatted too.
 */
export function fixOrder(failures: readonly Failure[]): readonly Failure[] {
  return failures.toSorted((a, b) => positionOf(a) - positionOf(b))
}

function positionOf({ check }: Failure): number {
  const tools = check.invocations.map(({ tool }) => position[tool])
  return tools.length === 0 ? position.command : Math.min(...tools)
}

const position: Record<ToolId, number> = {
  install: 0,
  tsc: 1,
  eslint: 2,
  oxlint: 2,
  biome: 2,
  xo: 2,
  standard: 2,
  knip: 3,
  vitest: 4,
  jest: 4,
  mocha: 4,
  ava: 4,
  'node-test': 4,
  command: 5,
  prettier: 6,
  oxfmt: 6,
}
