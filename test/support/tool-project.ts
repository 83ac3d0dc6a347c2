import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { onTestFinished } from 'vitest'

import { createWorkspace } from '#adapters/observer/workspace.ts'
import type { Check, Invocation } from '#domain/check.ts'
import type { Sandbox } from '#ports/sandbox.ts'
import type { Workspace } from '#ports/workspace.ts'

import { hostSandbox } from './host-sandbox.ts'

/** Our own development dependencies hold a real copy of every tool; a fixture project borrows them. */
const ownModules = join(import.meta.dirname, '../../node_modules')

/** A project of a few files on disk, with the real tools installed, gone when the test ends. */
export function toolProject(
  files: Readonly<Record<string, string>>,
  sandbox: Sandbox = hostSandbox(),
): Workspace {
  const source = realpathSync(mkdtempSync(join(tmpdir(), 'gk-project-')))
  onTestFinished(() => rmSync(source, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(source, path)), { recursive: true })
    writeFileSync(join(source, path), content)
  }
  const mounts = [{ path: 'node_modules', from: ownModules }]
  return createWorkspace({ sandbox, source, mounts, timeoutMs: 60_000 })
}

/** A check that calls tools as `npx` would, one invocation per command line. */
export function checkOf(
  ...calls: readonly (readonly [Invocation['tool'], string] | readonly [Invocation['tool'], string, string])[]
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
