import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { toolProject } from '../../support/tool-project.ts'

const files = { 'a.txt': 'a', 'deep/b.txt': 'b', 'node_modules/x/c.txt': 'c' }

test('a workspace reads its files with the patch laid over them', () => {
  const workspace = toolProject(files)
  const patch = [
    { path: 'a.txt', content: null },
    { path: 'new.txt', content: 'new' },
  ]

  expect(workspace.read('a.txt', [])).toBe('a')
  expect(workspace.read('a.txt', patch)).toBeNull()
  expect(workspace.read('new.txt', patch)).toBe('new')
  expect([...workspace.files(patch)].toSorted()).toEqual(['deep/b.txt', 'new.txt'])
})

test('a workspace does not follow links, which may lead anywhere on the machine', () => {
  const outside = toolProject({ 'canary.txt': 'secret' })
  const workspace = toolProject(files)
  symlinkSync(join(outside.source, 'canary.txt'), join(workspace.source, 'link.txt'))
  symlinkSync(outside.source, join(workspace.source, 'linked'))

  expect(workspace.read('link.txt', [])).toBeNull()
  expect(workspace.read('linked/canary.txt', [])).toBeNull()
  expect(workspace.read('../canary.txt', [])).toBeNull()
  expect(workspace.files([])).not.toContain('linked/canary.txt')
})

test('a workspace reads a file that came after it was opened', () => {
  const workspace = toolProject(files)
  writeFileSync(join(workspace.source, 'late.txt'), 'late')

  expect(workspace.read('late.txt', [])).toBe('late')
})
