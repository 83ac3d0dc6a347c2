import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { simpleGit } from 'simple-git'

/** A fresh git repository with the files of a folder as its one commit, in a directory of its own below the temp folder. */
export async function newRepository(from: string, name: string): Promise<string> {
  const directory = join(await mkdtemp(join(tmpdir(), 'goalkeeper-')), name)
  await cp(from, directory, { recursive: true })
  const git = simpleGit(directory)
  await git.init(['--initial-branch', 'main'])
  await git.addConfig('user.name', 'A developer')
  await git.addConfig('user.email', 'developer@example.com')
  await git.add('.')
  await git.commit('feat: a good day’s work')
  return directory
}

/** The commits of a branch that are not on main, newest last, with the files they change. */
export async function commitsOf(directory: string, branch: string): Promise<string> {
  return simpleGit(directory).raw([
    'log',
    '--reverse',
    '--stat',
    '--format=medium',
    `main..${branch}`,
  ])
}
