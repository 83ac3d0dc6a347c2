import { join } from 'node:path'

import { commitsOf, newRepository } from '#adapters/git/new-repository.ts'
import { demoCommits, demoOpening } from '#messages/command-line.ts'

import { fixCommand } from './cli-fix.ts'

const demoFolder = join(import.meta.dirname, '../demo/repository')

/** The main job on a bundled repository that is red in several ways: real git, real tools, real commits. */
export async function demoCommand(): Promise<number> {
  const directory = await newRepository(demoFolder, 'greenhouse')
  process.stderr.write(`${demoOpening(directory)}\n`)
  const branches: string[] = []
  const code = await fixCommand(
    directory,
    { checks: [], ref: null, base: null, apply: false, dryRun: false, json: false, resume: null },
    (branch) => branches.push(branch),
  )
  for (const branch of branches) {
    const commits = await commitsOf(directory, branch)
    process.stdout.write(`${demoCommits(directory, branch)}\n\n${commits}`)
  }
  return code
}
