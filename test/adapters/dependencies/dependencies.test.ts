import { readdirSync } from 'node:fs'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { installWorld, lockfile, manifest, mountsOf } from '../../support/sandbox-installs.ts'
import type { InstallWorld } from '../../support/sandbox-installs.ts'

let world: InstallWorld

beforeAll(async () => {
  world = await installWorld()
})

afterAll(() => world.close())

test('a repository without a manifest has nothing to install', async () => {
  expect(await world.dependencies().install(world.repository({ 'a.js': '' }))).toEqual({
    kind: 'none-declared',
  })
})

test('a locked dependency is installed once and can be used, whatever registry the lockfile names', async () => {
  const files = {
    'package.json': manifest({ dependencies: { left: '1.0.0' } }),
    'package-lock.json': lockfile('left', world.registry.integrity('left')),
  }
  const source = world.repository(files)

  const dependencies = world.dependencies()
  const [first, second] = await Promise.all([
    dependencies.install(source),
    dependencies.install(source),
  ])
  const third = await dependencies.install(
    world.repository({
      ...files,
      'package.json': manifest({ dependencies: { left: '1.0.0' }, scripts: { test: 'true' } }),
    }),
  )

  expect([first, second].filter((of) => of.kind === 'installed' && of.fromCache)).toHaveLength(1)
  expect(third).toMatchObject({ kind: 'installed', fromCache: true, manager: 'npm' })
  const { stdout } = await world.sandbox.run(source, {
    command: 'node -p "require(\'left\')"',
    mounts: mountsOf(third),
  })
  expect(stdout).toBe('left\n')
})

test('without a lockfile the manifest is enough, and the repository gets none', async () => {
  const source = world.repository({
    'package.json': manifest({ dependencies: { left: '^1.0.0' } }),
  })

  const installed = await world.dependencies().install(source)

  expect(installed).toMatchObject({ kind: 'installed' })
  expect(readdirSync(source)).toEqual(['package.json'])
})

test('a lockfile that does not fit is a failure with the output of the manager', async () => {
  const source = world.repository({
    'package.json': manifest({ dependencies: { left: '1.0.0', evil: '1.0.0' } }),
    'package-lock.json': lockfile('left', world.registry.integrity('left')),
  })

  const installed = await world.dependencies().install(source)

  expect(installed).toMatchObject({
    kind: 'failed',
    manager: 'npm',
    command: 'npm ci --ignore-scripts',
  })
  expect(installed.kind === 'failed' && installed.output).toContain('in sync')
})

test('workspaces get their modules at their places', async () => {
  const source = world.repository({
    'package.json': manifest({ workspaces: ['packages/*'], dependencies: { left: '1.0.0' } }),
    'packages/a/package.json': JSON.stringify({
      name: 'a',
      version: '1.0.0',
      dependencies: { left: '1.0.0' },
    }),
    'packages/a/index.js': 'console.log(require("left"))\n',
  })

  const mounts = mountsOf(await world.dependencies().install(source))
  const { stdout } = await world.sandbox.run(source, {
    command: 'node packages/a; node -e "require(\'a\')"',
    mounts,
  })

  expect(mounts.map(({ path }) => path)).toEqual(['node_modules'])
  expect(stdout).toBe('left\nleft\n')
})

test('an install that was killed leaves nothing that counts as installed', async () => {
  const source = world.repository({ 'package.json': manifest({ dependencies: { left: '1.0.0' } }) })
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 150)

  const dependencies = world.dependencies()
  const stopped = await dependencies.install(source, controller.signal)
  const again = await dependencies.install(source)

  expect(stopped.kind).toBe('failed')
  expect(again).toMatchObject({ kind: 'installed', fromCache: false })
})
