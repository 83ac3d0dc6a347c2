import { join } from 'node:path'

import { fixCommand } from '../src/cli-fix.ts'
import { commitsOf, newRepository } from './new-repository.ts'
import { localCommits, localOpening } from './words.ts'

/** The main job on the command line, on a bundled repository that is red in several ways. Its commits stay to be looked at. */
export async function localDemo(): Promise<number> {
  const directory = await newRepository(join(import.meta.dirname, 'repository'), 'greenhouse')
  process.stderr.write(`${localOpening(directory)}\n`)
  const branches: string[] = []
  const code = await fixCommand(
    directory,
    {
      checks: [],
      ref: null,
      base: null,
      apply: false,
      dryRun: false,
      json: false,
      resume: null,
      culprit: null,
    },
    (branch) => branches.push(branch),
  )
  for (const branch of branches) {
    const commits = await commitsOf(directory, branch)
    process.stdout.write(`${localCommits(directory, branch)}\n\n${commits}`)
  }
  return code
}
