import picomatch from 'picomatch'

import { type Finding, type ToolId, testRunners } from '#domain/finding.ts'

import { isConfiguration } from './cheating/configuration.ts'
import { isLockfile, isManifest, isSnapshot, isTest, isTestFile } from './paths.ts'
import { outsideScope } from './scope.ts'

export interface CoderScope {
  /** What is to go away: a test that a compiler or a linter complains about may be written, no other. */
  readonly findings: readonly Finding[]
  /** `protected-paths` of the configuration: globs. */
  readonly protectedPaths: readonly string[]
  /** `tests`: a bug is to be shown, so tests and nothing else are written. */
  readonly writes: 'code' | 'tests'
}

/**
 * Why a coder may not write this file, in one sentence; null where it may. Narrower than what a fixer may touch: a model
 * is led by texts of others, so it gets nothing that decides about builds, dependencies, tests or agents.
 */
export function coderRefusal(path: string, scope: CoderScope): string | null {
  const { findings, protectedPaths, writes } = scope
  const change = [{ path, before: null, after: '' }]
  const [outside] = outsideScope(change, { declared: [path], protectedPaths, lockfiles: true })
  if (outside !== undefined) return outside.what
  const kind = kinds.find(([is]) => is(path))
  if (kind !== undefined) return kind[1]
  if (writes === 'tests')
    return isTestFile(path) ? null : 'It is no test; a bug is shown before it is repaired.'
  const isNamed = findings.some(({ file, tool }) => file === path && !runners.has(tool))
  return isTest(path) && !isNamed ? 'It is a test, and no test is changed to make it pass.' : null
}

/** These say that a test is red; what is wrong is somewhere else. */
const runners: ReadonlySet<ToolId> = new Set([...testRunners, 'command', 'install'])

/** Files that agents take their orders from (autofix.md 6, pitfall 4). */
export const isForAgents = picomatch(
  [
    '**/{CLAUDE,AGENTS,AGENT,GEMINI,CONVENTIONS}*.md',
    '**/.{cursorrules,windsurfrules,clinerules}',
    '**/.{cursor,claude,codex,gemini,windsurf,clinerules,roo,kiro,agents,aider*}/**',
    '**/{.aider*,.mcp.json,mcp.json,llms.txt,copilot-instructions.md}',
  ],
  { dot: true, nocase: true },
)

const kinds: readonly (readonly [(path: string) => boolean, string])[] = [
  [isForAgents, 'It tells agents what to do; none of them writes it.'],
  [isLockfile, 'It is a lockfile; only its package manager writes it.'],
  [isManifest, 'It is a manifest; no dependency or script is changed on a guess.'],
  [isConfiguration, 'It is configuration; rules are not bent to become green.'],
  [isSnapshot, 'It is a snapshot; what is expected is not rewritten.'],
]
