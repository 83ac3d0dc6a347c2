import { expect, onTestFinished, test } from 'vitest'

import { installCommand } from '../../../src/adapters/dependencies/commands.ts'
import { detectManager, lockfileUse } from '../../../src/adapters/dependencies/manager.ts'
import { findManifests } from '../../../src/adapters/dependencies/manifests.ts'
import { directoryOf } from '../../support/files.ts'

test.each([
  ['bun.lockb', 'binary', '--no-save', ['package.json']],
  ['bun.lock', 'followed', '--frozen-lockfile', ['bun.lock', 'package.json']],
])('an install follows a lockfile that it can be led through: %s', async (file, use, ...rest) => {
  const [flag, seen] = rest
  const { directory: source, remove } = directoryOf({ 'package.json': {}, [file]: 'locked' })
  onTestFinished(remove)

  const manager = await detectManager(source)

  expect(manager && lockfileUse(manager)).toBe(use)
  expect(manager && installCommand(manager)).toContain(flag)
  expect(findManifests(source).map(({ path }) => path)).toEqual(seen)
})
