import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterAll } from 'vitest'

import { createWorkspaces } from '#adapters/observer/workspace.ts'
import type { Check, Invocation } from '#domain/check.ts'
import type { Mount, Sandbox } from '#ports/sandbox.ts'
import type { Workspace } from '#ports/workspace.ts'

import { hostSandbox } from './host-sandbox.ts'

/** Our own development dependencies hold a real copy of every tool; a fixture project borrows them. */
const ownModules = join(import.meta.dirname, '../../node_modules')

const made: string[] = []
afterAll(() => made.forEach((source) => rmSync(source, { recursive: true, force: true })))

/** A project of a few files on disk, with the real tools installed, gone when the test file ends. */
export function toolProject(
  files: Readonly<Record<string, string>>,
  sandbox: Sandbox = hostSandbox(),
  mounts: readonly Mount[] = [{ path: 'node_modules', from: ownModules }],
): Workspace {
  const source = realpathSync(mkdtempSync(join(tmpdir(), 'gk-project-')))
  made.push(source)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(source, path)), { recursive: true })
    writeFileSync(join(source, path), content)
  }
  return createWorkspaces({ sandbox, timeoutMs: 60_000 }).open(
    { source, mounts },
    new AbortController().signal,
  )
}

/** A check that calls tools as `npx` would, one invocation per command line. */
export function checkOf(
  ...calls: readonly (
    | readonly [Invocation['tool'], string]
    | readonly [Invocation['tool'], string, string]
  )[]
): Check {
  const invocations = calls.map(([tool, line, directory = '.']) => ({
    tool,
    argv: line.split(' '),
    directory,
  }))
  const bin = 'PATH="$PWD/node_modules/.bin:$PATH"'
  const commands = calls.map(([, line]) => `${bin} ${line}`)
  return {
    name: 'check',
    command: commands.join(' && '),
    directory: calls[0]?.[2] ?? '.',
    origin: 'command-line',
    before: [],
    invocations,
    mode: 'apply',
  }
}

const eslintRules = `export default [{ rules: { 'prefer-const': 2, 'no-var': 2, 'no-debugger': 2, 'no-empty': 2,
  'no-useless-escape': 2, 'no-unused-vars': [2, { argsIgnorePattern: '^_' }], radix: 2, semi: [2, 'never'] } }]\n`

/** A project with eslint's configuration and one file, `src/a.js`. */
export function eslintProject(
  code: string,
  more: Readonly<Record<string, string>> = {},
): Workspace {
  return toolProject({
    'package.json': '{"type":"module"}\n',
    'eslint.config.js': eslintRules,
    'src/a.js': code,
    ...more,
  })
}
