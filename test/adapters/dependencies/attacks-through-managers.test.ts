import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { createDependencies } from '#adapters/dependencies/dependencies.ts'
import { createSandbox } from '#adapters/sandbox/sandbox.ts'
import type { Installed } from '#ports/dependencies.ts'

import { foundNothing, type Haunted, hauntedHost, secretName } from '../../support/hostile-code.ts'
import { manifest, mountsOf } from '../../support/sandbox-installs.ts'
import { testMachine } from '../../support/sandbox-machine.ts'

const secret = 'canary-of-the-host'
let host: Haunted
let home: string

beforeAll(async () => {
  vi.stubEnv(secretName, secret)
  host = await hauntedHost(secret)
  home = host.directory({})
})
afterAll(() => {
  host.close()
  vi.unstubAllEnvs()
})

async function installed(files: Readonly<Record<string, string>>): Promise<Installed> {
  const machine = { ...testMachine(), home }
  return await createDependencies(machine, createSandbox(machine)).install(host.directory(files))
}

/** What the hostile code found; null when it never ran. */
function foundIn(result: Installed): unknown {
  const modules = mountsOf(result).find(({ path }) => path === 'node_modules')?.from ?? ''
  const file = join(modules, 'found.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

const dependencies = { 'is-number': '7.0.0' }

describe('attack 28: code of the repository in its package manager', () => {
  test.each([
    [
      'a .pnpmfile.cjs',
      'pnpm@10.12.1',
      () => ({ 'pnpm-workspace.yaml': '', '.pnpmfile.cjs': host.code }),
    ],
    [
      'a plugin of yarn',
      'yarn@4.9.2',
      () => ({
        '.yarnrc.yml': 'plugins:\n  - path: .yarn/plugins/evil.cjs\n    spec: evil\n',
        '.yarn/plugins/evil.cjs': host.code,
      }),
    ],
  ])('%s runs, and finds nothing of the host', async (_title, packageManager, files) => {
    const result = await installed({
      'package.json': manifest({ packageManager, dependencies }),
      ...files(),
    })

    expect(foundIn(result)).toEqual(foundNothing)
    expect(host.harm()).toEqual([])
  })

  test.each([
    [
      'a yarnPath',
      'yarn@4.9.2',
      () => ({
        '.yarnrc.yml': 'yarnPath: .yarn/plugins/evil.cjs\n',
        '.yarn/plugins/evil.cjs': host.code,
      }),
    ],
    [
      'the yarn-path of classic yarn',
      'yarn@1.22.22',
      () => ({
        '.yarnrc': 'yarn-path "./.yarn/plugins/evil.cjs"\n',
        '.yarn/plugins/evil.cjs': host.code,
      }),
    ],
    [
      'an .npmrc with a registry, a script shell and options for Node',
      'npm@11',
      () => ({
        '.npmrc': [
          `registry=${host.url}`,
          'script-shell=/w/evil.cjs',
          'node-options=--require=/w/evil.cjs',
          'ignore-scripts=false',
        ].join('\n'),
        'evil.cjs': `#!/usr/bin/env node\n${host.code}`,
      }),
    ],
  ])('%s is not followed', async (_title, packageManager, files) => {
    const result = await installed({
      'package.json': manifest({
        packageManager,
        dependencies,
        scripts: { install: 'touch node_modules/ran' },
      }),
      ...files(),
    })

    expect(result.kind).toBe('installed')
    expect(foundIn(result)).toBeNull()
    expect(host.harm()).toEqual([])
  })
})

test('attack 28: settings that reach a repair of the lockfile lead nowhere', async () => {
  const sandbox = createSandbox(testMachine())
  const source = host.directory({
    'package.json': manifest({ dependencies, scripts: { preinstall: 'node evil.cjs' } }),
    '.npmrc': [
      `registry=${host.url}`,
      `@scope:registry=${host.url}`,
      '//127.0.0.1/:_authToken=${CANARY_TOKEN}',
      'script-shell=/w/evil.cjs',
      'node-options=--require=/w/evil.cjs',
      'ignore-scripts=false',
    ].join('\n'),
    'evil.cjs': host.code,
  })

  const { end, files } = await sandbox.run({
    source,
    command: 'npm install --package-lock-only; { ls node_modules || true; } > listed',
    patch: [],
    mounts: [],
    directory: '.',
    timeoutMs: 60_000,
    network: 'registry',
    collect: true,
  })

  expect(end).toEqual({ kind: 'exited', exitCode: 0 })
  const lock = files.find(({ path }) => path === 'package-lock.json')?.content
  expect(lock).toContain('is-number')
  expect(lock).not.toContain('127.0.0.1')
  expect(files.find(({ path }) => path === 'listed')?.content).not.toContain('found.json')
  expect(host.harm()).toEqual([])
})

test('yarn 3 and 4 install without a lockfile', async () => {
  for (const packageManager of ['yarn@3.8.7', 'yarn@4.9.2']) {
    const result = await installed({ 'package.json': manifest({ packageManager, dependencies }) })

    expect(mountsOf(result).map(({ path }) => path)).toContain('node_modules')
  }
})
