import { randomFrom, shuffled } from '../injections/random.ts'
import type { Expectation, Files, Injector, Site } from '../injections/site.ts'

/** One failure to inject: the first of its sites that turns the repository red is taken. */
export interface Case {
  readonly id: string
  readonly repository: string
  readonly injector: Injector
  readonly sites: readonly Site[]
}

/** How many failures of a class a repository gets; mechanical ones are the product's promise, so they get most. */
const quota: Readonly<Record<Expectation, number>> = { mechanical: 3, semantic: 2, trap: 1 }

/** Sites that are tried before a class is given up in a repository: many changes leave every check green. */
const triesPerCase = 6

export function planCases(
  repositories: readonly { readonly name: string; readonly files: Files }[],
  injectors: readonly Injector[],
  seed: string,
): Case[] {
  return injectors.flatMap((injector) =>
    repositories.flatMap(({ name, files }) => {
      const sites = shuffled(injector.sites(files), randomFrom(`${seed}/${injector.name}/${name}`))
      return dealt(sites, quota[injector.expects]).map((some, index) => ({
        id: `${injector.name}-${name}-${index + 1}`,
        repository: name,
        injector,
        sites: some.slice(0, triesPerCase),
      }))
    }),
  )
}

/** At most so many cases of each class; the first class begins with the first repository, the next with the second. */
export function someOfEach(cases: readonly Case[], count: number): Case[] {
  const names = [...new Set(cases.map(({ injector }) => injector.name))]
  return names.flatMap((name, index) => {
    const own = cases.filter(({ injector }) => injector.name === name)
    const start = Math.floor((index * own.length) / names.length)
    return [...own.slice(start), ...own.slice(0, start)].slice(0, count)
  })
}

/** Deals the sites like cards, so that no two cases share one. */
function dealt(sites: readonly Site[], hands: number): Site[][] {
  const dealtTo = Array.from({ length: hands }, (_, hand) =>
    sites.filter((_site, index) => index % hands === hand),
  )
  return dealtTo.filter((some) => some.length > 0)
}
