import { describe, expect, test } from 'vitest'

import { catalogue } from '../../bench/injections/catalogue.ts'
import { randomFrom, shuffled } from '../../bench/injections/random.ts'
import { applied, type Files, type Site } from '../../bench/injections/site.ts'
import { readRepository, repositoryNames } from '../../bench/repository-files.ts'

const repositories = repositoryNames().map((name) => ({ name, files: readRepository(name) }))

test('there are five repositories of 25 modules and more', () => {
  const sizes = repositories.map(
    ({ files }) => [...files.keys()].filter((path) => /\.[jt]s$/.test(path)).length,
  )
  expect(sizes.length).toBeGreaterThanOrEqual(5)
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(25)
})

test.each(repositories)('no lock of $name names a host', ({ files }) => {
  const locks = [...files]
    .filter(([path]) => /package-lock|pnpm-lock/.test(path))
    .map(([, text]) => text)
  expect(locks.filter((text) => /"resolved": "http|tarball:|registry=/.test(text))).toEqual([])
  expect(locks).not.toEqual([])
})

test('a seed determines the order, another seed another', () => {
  const items = Array.from({ length: 20 }, (_, index) => index)
  expect(shuffled(items, randomFrom('one'))).toEqual(shuffled(items, randomFrom('one')))
  expect(shuffled(items, randomFrom('one'))).not.toEqual(shuffled(items, randomFrom('two')))
  expect(shuffled(items, randomFrom('one')).toSorted((left, right) => left - right)).toEqual(items)
})

test('every class has a name of its own', () => {
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length)
})

describe.each(catalogue)('$name', (injector) => {
  const found = repositories.map(({ files }) => ({ files, sites: injector.sites(files) }))

  test('finds a place in some repository', () => {
    expect(found.flatMap(({ sites }) => sites).length).toBeGreaterThan(0)
  })

  test('changes a file at every place that it finds', () => {
    const idle = found.flatMap(({ files, sites }) => sites.filter((site) => !changes(files, site)))
    expect(idle.map(({ description }) => description)).toEqual([])
  })

  test('finds the same places again', () => {
    const first = found.find(({ sites }) => sites.length > 0)
    const again = injector.sites(first?.files ?? new Map()).slice(0, 20)
    expect(again).toEqual(first?.sites.slice(0, 20))
  })
})

function changes(files: Files, site: Site): boolean {
  const base = applied(files, site.before ?? [])
  return site.changes.every(({ path, text }) => base.has(path) && base.get(path) !== text)
}
