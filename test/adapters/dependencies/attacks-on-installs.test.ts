import { existsSync, lstatSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { installWorld, left, lockfile, manifest, mountsOf } from '../../support/sandbox-installs.ts'
import type { InstallWorld } from '../../support/sandbox-installs.ts'
import { fakeRegistry } from '../../support/sandbox-registry.ts'

let world: InstallWorld

beforeAll(async () => {
  world = await installWorld()
})

afterAll(() => world.close())

test('attack 40: a tarball that is not what the lockfile says is never installed', async () => {
  const tampered = lockfile('left', world.registry.integrity('left')).replace(
    /sha512-[^"]+/,
    world.registry.integrity('evil'),
  )
  const source = world.repository({
    'package.json': manifest({ dependencies: { left: '1.0.0' } }),
    'package-lock.json': tampered,
  })

  const installed = await world.dependencies().install(source)

  expect(installed.kind === 'failed' && installed.output).toContain('EINTEGRITY')
})

describe('attack 29: install scripts', () => {
  test('neither of the repository nor of a dependency are run', async () => {
    const scripts = { preinstall: 'touch ran', postinstall: 'touch ran', prepare: 'touch ran' }
    const source = world.repository({
      'package.json': manifest({ scripts, dependencies: { evil: '1.0.0' } }),
    })

    const [mount] = mountsOf(await world.dependencies().install(source))

    expect(existsSync(join(mount?.from ?? '', 'evil/run.js'))).toBe(true)
    expect(existsSync(join(mount?.from ?? '', 'evil/ran'))).toBe(false)
    expect(existsSync(join(source, 'ran'))).toBe(false)
  })
})

describe('attack 28: settings of the repository', () => {
  test('cannot lead to another registry, run a program or carry a variable out', async () => {
    const other = await fakeRegistry([left])
    const npmrc = [
      `registry=${other.url}\${HOME}`,
      `//127.0.0.1/:_authToken=\${NPM_TOKEN}`,
      'script-shell=/w/shell.sh',
      'git=/w/shell.sh',
      'node-options=--require=/w/evil.cjs',
      'ignore-scripts=false',
      'cache=/w/cache',
    ]
    const source = world.repository({
      '.npmrc': npmrc.join('\n'),
      'evil.cjs': 'require("fs").writeFileSync("/w/node_modules/ran", "")',
      'package.json': manifest({
        dependencies: { evil: '1.0.0' },
        scripts: { install: 'touch ran' },
      }),
    })

    const [mount] = mountsOf(await world.dependencies().install(source))

    expect(other.asked).toEqual([])
    expect(world.registry.credentials).toEqual([])
    expect(readdirSync(mount?.from ?? '').filter((name) => name === 'ran')).toEqual([])
    expect(readdirSync(join(mount?.from ?? '', 'evil'))).not.toContain('ran')
    other.close()
  })

  test.each(['npm@http://127.0.0.1:1/evil.tgz', 'npm@file:./evil', 'npm@../../evil', 'evil@1.0.0'])(
    'cannot name %s as the package manager',
    async (packageManager) => {
      const source = world.repository({
        'package.json': manifest({ packageManager, dependencies: { left: '1.0.0' } }),
      })

      const mounts = mountsOf(await world.dependencies().install(source))

      expect(mounts.map(({ path }) => path)).toEqual(['node_modules'])
    },
  )
})

test('attack 10: a manager that plants links gets none of them followed, and the pinned one is used', async () => {
  const source = world.repository({
    'package.json': manifest({ packageManager: 'pnpm@9.9.9+sha512.abc' }),
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
  })

  const mounts = mountsOf(await world.dependencies().install(source))

  expect(mounts.map(({ path }) => path)).toEqual(['/opt/manager', 'node_modules'])
  const modules = mounts[1]?.from ?? ''
  expect(readFileSync(join(modules, 'called/with'), 'utf8')).toBe(
    'install --ignore-scripts --frozen-lockfile',
  )
  expect(lstatSync(join(modules, '.cache')).isDirectory()).toBe(true)
})
