import type { Invocation } from '#domain/check.ts'

import { programName } from './known-tools.ts'

/** Whether a command makes what later commands of its job need: a build, generated code. */
export function isBuild(command: string, invocations: readonly Invocation[]): boolean {
  if (
    /\b(?:run |run-script )?(?:[\w-]+:)?(?:build|compile|generate|codegen|gen|prepare|bundle|stub)\b/.test(
      command,
    )
  )
    return true
  return invocations.some(({ argv }) => builders.has(programName(argv[0] ?? '')))
}

const builders = new Set(
  'tsup,tsdown,unbuild,rollup,esbuild,webpack,swc,vite-build,prisma,graphql-codegen,buf'.split(','),
)

/** Whether a command only lays out files that later commands need, and judges nothing: `cp .env.example .env`. */
export function prepares(invocations: readonly Invocation[]): boolean {
  return invocations.every(({ argv }) => ['cp', 'mv', 'touch', 'ln'].includes(argv[0] ?? ''))
}

/** Whether a command can do without what a build makes: it reads texts, not types. */
export function readsTextOnly(invocations: readonly Invocation[]): boolean {
  return invocations.length > 0 && invocations.every(({ tool }) => textTools.has(tool))
}

const textTools = new Set(['prettier', 'oxfmt', 'biome', 'oxlint'])
