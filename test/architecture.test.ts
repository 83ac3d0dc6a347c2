import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

import { parseSync } from 'oxc-parser'
import { describe, expect, test } from 'vitest'

/** The rooms of `src`, and the rooms each may look into. Files directly in `src` wire it and may look anywhere. */
const rooms: Record<string, readonly string[]> = {
  domain: [],
  policy: ['domain'],
  messages: ['domain'],
  ports: ['domain'],
  engine: ['domain', 'policy', 'ports'],
  steps: ['domain', 'policy', 'messages', 'ports'],
  config: ['domain', 'ports'],
  webhooks: ['domain', 'engine'],
  dashboard: ['domain', 'messages', 'ports', 'engine'],
  adapters: ['domain', 'ports'],
}

/** The packages each room may use, by the name before the first slash of a path. Adapters may use what they need. */
const packages: Record<string, readonly string[]> = {
  domain: ['zod'],
  policy: ['oxc-parser', 'picomatch', 'diff'],
  messages: [],
  ports: ['zod'],
  engine: ['@actions/expressions', 'zod'],
  steps: ['zod'],
  config: [
    'zod',
    'yaml',
    'node:crypto',
    'node:fs',
    'node:fs/promises',
    'node:os',
    'node:path',
    'node:process',
  ],
  webhooks: ['zod', 'probot', 'mdast-util-from-markdown'],
  dashboard: ['node:http'],
}

const src = join(import.meta.dirname, '../src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /^[\w-]+\/.*\.ts$/.test(file),
)

function importsOf(file: string): string[] {
  const source = readFileSync(join(src, file), 'utf8')
  const { staticImports, staticExports, dynamicImports } = parseSync(file, source).module
  const named = [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) =>
      entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
    ),
    ...dynamicImports.map(({ moduleRequest: { start, end } }) =>
      source.slice(start, end).replaceAll(/['"]/g, ''),
    ),
  ]
  return named.map((target) =>
    target.startsWith('.') ? `#${relative(src, join(src, dirname(file), target))}` : target,
  )
}

function packageOf(target: string): string {
  if (target.startsWith('node:')) return target
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/')
}

test('there is a building to look at', () => {
  expect(files.length).toBeGreaterThan(10)
})

describe.each(files)('%s', (file) => {
  const room = file.split('/')[0] ?? ''
  const imports = importsOf(file)
  const inside = imports.filter((target) => target.startsWith('#'))
  const outside = imports.filter((target) => !target.startsWith('#')).map(packageOf)

  test('stands in a room of the house', () => {
    expect(Object.keys(rooms)).toContain(room)
  })

  test('looks only into rooms it may', () => {
    const visited = inside.map((target) => target.slice(1).split('/')[0] ?? '')
    expect(visited.filter((other) => other !== room && !rooms[room]?.includes(other))).toEqual([])
  })

  test('uses only packages it may', () => {
    const allowed = packages[room]
    expect(allowed ? outside.filter((name) => !allowed.includes(name)) : []).toEqual([])
  })
})
