import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { jsonSchemas } from '../../scripts/schemas.ts'

const root = join(import.meta.dirname, '../..')

test('the committed schemas are those of the code: else run `npm run schemas`', () => {
  const names = readdirSync(join(root, 'schemas'))
  const committed = names.map((name) => [name, readFileSync(join(root, 'schemas', name), 'utf8')])

  expect(Object.fromEntries(committed)).toEqual(jsonSchemas())
})

describe.each(readdirSync(join(root, 'workflows')))('workflows/%s', (file) => {
  test('tells editors where its schema is', () => {
    const [first] = readFileSync(join(root, 'workflows', file), 'utf8').split('\n')

    expect(first).toBe('# yaml-language-server: $schema=../schemas/workflow.schema.json')
  })
})
