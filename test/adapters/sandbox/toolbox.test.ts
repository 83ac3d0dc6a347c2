import { utimesSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { fingerprint } from '#adapters/sandbox/toolbox.ts'

import { directoryOf } from '../../support/files.ts'

test.each([
  ['a program of ours that has a manifest beside it', 'program', true],
  ['an installed package, which changes as a whole', 'node_modules/tool', false],
])('a changed file of %s asks for another toolbox: %s, %s', (_title, folder, isAnother) => {
  const files = { 'package.json': '{"type":"module"}', 'names/likeness.ts': 'export {}\n' }
  const { directory, remove } = directoryOf(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text])),
  )
  const parts = [{ name: 'it', from: join(directory, folder) }]
  const before = fingerprint(parts)

  utimesSync(join(directory, folder, 'names/likeness.ts'), 1, 1)

  expect(fingerprint(parts) !== before).toBe(isAnother)
  remove()
})
