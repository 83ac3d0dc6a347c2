import picomatch from 'picomatch'

import type { Change, ChangedFile } from '#domain/change.ts'
import type { Refusal } from '#domain/refusal.ts'

import { isLockfile, isManifest } from './paths.ts'

export interface Scope {
  /** The paths that the fixers said they would touch. */
  readonly declared: readonly string[]
  /** `protected-paths` of the configuration: globs. */
  readonly protectedPaths: readonly string[]
  /** Whether the rung that repairs lockfiles made this change. */
  readonly lockfiles: boolean
}

/** The files of a change that it may not touch; empty when all are allowed. */
export function outsideScope(change: Change, scope: Scope): readonly Refusal[] {
  const isProtected = picomatch([...scope.protectedPaths, ...alwaysProtected], options)
  const declared = new Set(scope.declared)
  const withManifest = change.some(({ path }) => isManifest(path))
  return change.flatMap((file) => {
    const { path } = file
    if (isUnsafe(path)) return [refuse(path, 'unsafe-path')]
    if (isProtected(path)) return [refuse(path, 'protected-file')]
    if (isBinary(file)) return [refuse(path, 'binary-file')]
    if (!declared.has(path)) return [refuse(path, 'undeclared-file')]
    const alone = isLockfile(path) && !scope.lockfiles && !withManifest
    return alone ? [refuse(path, 'lockfile-alone')] : []
  })
}

/** On a file system that ignores case, `.GIT` is `.git`. */
const options = { dot: true, nocase: true }

/** What decides about others: the build on the server, git, package managers, secrets, and ourselves. */
const alwaysProtected: readonly string[] = [
  '.github/**',
  '.ci/**',
  '.circleci/**',
  '.buildkite/**',
  '.husky/**',
  '.gitlab-ci.yml',
  'azure-pipelines.yml',
  'bitbucket-pipelines.yml',
  '**/Jenkinsfile*',
  '**/CODEOWNERS',
  '**/.git*',
  '**/.git*/**',
  '**/node_modules/**',
  '**/.npmrc',
  '**/.yarnrc*',
  '**/.yarn/**',
  '**/.pnpmfile.*',
  '**/bunfig.toml',
  '**/.env',
  '**/.env.*',
  '**/.nvmrc',
  '**/.node-version',
]

/** Out of the repository, absolute, or with characters that mean something to a shell or a terminal. */
function isUnsafe(path: string): boolean {
  const parts = path.split('/')
  return (
    path.length > 260 ||
    /^(?:-|[a-z]:)/i.test(path) ||
    /[\\\p{Cc}\p{Cf}]/u.test(path) ||
    parts.some((part) => part === '' || part === '.' || part === '..')
  )
}

function isBinary({ before, after }: ChangedFile): boolean {
  return [before, after].some((text) => text !== null && /[\0\uFFFD]/.test(text))
}

function refuse(file: string, rule: keyof typeof sentences): Refusal {
  return { rule, file, line: null, what: sentences[rule] }
}

const sentences = {
  'unsafe-path': 'The path leaves the repository or cannot be written safely.',
  'protected-file': 'The file is protected; no fix may touch it.',
  'binary-file': 'The file is not text.',
  'undeclared-file': 'No fixer said that it would touch this file.',
  'lockfile-alone': 'A lockfile changes only together with its manifest or on its own rung.',
} as const
