import type { Check } from '#domain/check.ts'
import { type ToolId, testRunners } from '#domain/finding.ts'
import type { FoundChecks } from '#ports/checks.ts'

import { checksOfScripts } from './package-scripts.ts'
import type { Packages } from './packages.ts'
import { scriptsOfKind } from './script-kinds.ts'

/**
 * Where CI runs the types or the tests in a way that cannot be had here (against a build, with other versions), the
 * package's own scripts stand in: a fix is proved by more than what is left of CI.
 */
export function standIns(
  { checks, unreachable }: FoundChecks,
  packages: Packages,
  manager: string,
): readonly Check[] {
  if (unreachable.length === 0) return []
  const wanted = proofs.filter((kind) => !checks.some((check) => isOf(check, kind)))
  if (wanted.length === 0) return []
  const scripts = packages.at('.')?.scripts ?? {}
  const names = new Set(wanted.flatMap((kind) => scriptsOfKind(kind, scripts)))
  return checksOfScripts(packages, manager).checks.filter(({ name }) => names.has(name))
}

type Proof = 'types' | 'test'
const proofs: readonly Proof[] = ['types', 'test']

const tools: Readonly<Record<Proof, ReadonlySet<ToolId>>> = {
  types: new Set(['tsc']),
  test: testRunners,
}
const words: Readonly<Record<Proof, RegExp>> = { types: /type/i, test: /\btests?\b/i }

function isOf({ command, invocations }: Check, kind: Proof): boolean {
  return invocations.some(({ tool }) => tools[kind].has(tool)) || words[kind].test(command)
}
