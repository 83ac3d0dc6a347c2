import type { Check, Invocation } from '#domain/check.ts'
import { type ToolId, testRunners } from '#domain/finding.ts'
import type { FoundChecks } from '#ports/checks.ts'

import { checksOfScripts } from './package-scripts.ts'
import type { Packages } from './packages.ts'
import { scriptsOfKind } from './script-kinds.ts'

/**
 * What CI does not look at, or in a way that cannot be had here (against a build, with other versions), the package's own
 * scripts and its compiler stand in for: a fix is proved by more than what CI has, and what nobody would see is seen.
 */
export function standIns(
  { checks }: Pick<FoundChecks, 'checks'>,
  packages: Packages,
  manager: string,
): readonly Check[] {
  const wanted = proofs.filter((kind) => !checks.some((check) => isOf(check, kind)))
  const scripts = packages.at('.')?.scripts ?? {}
  const names = new Set(wanted.flatMap((kind) => scriptsOfKind(kind, scripts)))
  const own = checksOfScripts(packages, manager).checks.filter(({ name }) => names.has(name))
  const compiler = compilerIn({ checks: [...checks, ...own] }, packages)
  return [...own, ...compiler].map((check) => ({ ...check, origin: 'stand-in' }))
}

/** The compiler itself, where a repository has one and nothing that runs it. */
export function compilerIn(
  { checks }: Pick<FoundChecks, 'checks'>,
  { compiler }: Pick<Packages, 'compiler'>,
): readonly Check[] {
  if (compiler === null || checks.some((check) => isOf(check, 'types'))) return []
  const argv = [compiler, '--noEmit']
  return [
    {
      name: 'types',
      command: `npx --no-install ${argv.join(' ')}`,
      directory: '.',
      origin: 'stand-in',
      before: [],
      invocations: [{ tool: 'tsc', argv, directory: '.' }],
      mode: 'apply',
    },
  ]
}

type Proof = 'format' | 'lint' | 'types' | 'test'
const proofs: readonly Proof[] = ['format', 'lint', 'types', 'test']

const tools: Readonly<Record<Proof, ReadonlySet<ToolId>>> = {
  format: new Set(['prettier', 'oxfmt', 'biome', 'xo', 'standard']),
  lint: new Set(['eslint', 'oxlint', 'biome', 'xo', 'standard']),
  types: new Set(['tsc']),
  test: testRunners,
}
const words: Readonly<Record<Proof, RegExp>> = {
  format: /format|prettier|\bfmt\b/i,
  lint: /lint|\bxo\b|\bstandard\b/i,
  types: /type/i,
  test: /\btests?\b/i,
}

function isOf({ command, invocations }: Check, kind: Proof): boolean {
  return invocations.some((each) => does(each, kind)) || words[kind].test(command)
}

/** `biome lint` looks at no format. */
function does({ tool, argv }: Invocation, kind: Proof): boolean {
  return tools[kind].has(tool) && !(kind === 'format' && tool === 'biome' && argv[1] === 'lint')
}
