import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { z } from 'zod'

import { verdict } from './verdict.ts'

/** One failure and what came of it. `not-red` says that no site of the case turned the repository red. */
const entry = z.object({
  id: z.string(),
  name: z.string(),
  repository: z.string(),
  expects: z.enum(['mechanical', 'semantic', 'trap']),
  description: z.string(),
  check: z.string(),
  verdict: z.enum([...verdict.options, 'not-red', 'not-run']),
  because: z.string(),
  seconds: z.number(),
  /** What a person may want to look at: the change against the tree before the failure. */
  review: z.string(),
})
export type Entry = z.infer<typeof entry>

/** Results of one seed, appended as they come, so that a bench that was stopped goes on. */
export class Journal {
  readonly #path: string

  constructor(folder: string, name: string) {
    mkdirSync(folder, { recursive: true })
    this.#path = join(folder, `${name}.jsonl`)
  }

  entries(): Entry[] {
    if (!existsSync(this.#path)) return []
    const lines = readFileSync(this.#path, 'utf8').split('\n')
    return lines.filter((line) => line !== '').map((line) => entry.parse(JSON.parse(line)))
  }

  add(one: Entry): void {
    appendFileSync(this.#path, `${JSON.stringify(one)}\n`)
  }
}
