import { parseArgs } from 'node:util'

/** What `npm run bench:fix -- …` was asked for. */
export interface Options {
  readonly seed: string
  /** Classes and repositories to take; empty takes all. */
  readonly only: readonly string[]
  readonly repositories: readonly string[]
  readonly limit: number
  /** At most this many failures of a class, from other repositories in turn. */
  readonly each: number
  /** How many failures are tried at the same time, each of another repository. */
  readonly atOnce: number
  readonly json: boolean
  /** Breaks and checks the repositories, and leaves Goalkeeper out. */
  readonly validate: boolean
  readonly folder: string
}

export function readOptions(words: readonly string[], defaultFolder: string): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seed: { type: 'string', default: 'november' },
      only: { type: 'string', multiple: true, default: [] },
      repository: { type: 'string', multiple: true, default: [] },
      limit: { type: 'string', default: '1000' },
      each: { type: 'string', default: '1000' },
      'at-once': { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      validate: { type: 'boolean', default: false },
      folder: { type: 'string', default: defaultFolder },
    },
  })
  const { folder, json, only, repository, seed, validate } = values
  return {
    seed,
    only,
    repositories: repository,
    limit: Number(values.limit),
    atOnce: Number(values['at-once']),
    each: Number(values.each),
    json,
    validate,
    folder,
  }
}
