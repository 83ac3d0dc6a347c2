import { appendFileSync, mkdirSync } from 'node:fs'

import { git as runGit, gitLine } from './git/run-git.ts'
import type { GitHub } from './github.ts'
import type { Account, Repository } from './state.ts'

/** Somebody's checkout of a repository on our GitHub. */
export interface Checkout {
  readonly directory: string
  /** Git in the checkout, which stands where the last push left it. */
  git(...args: readonly string[]): Promise<string>
  /** Commits files on a branch that starts at `from` and pushes it; answers with the commit. */
  push(branch: string, files: Readonly<Record<string, string>>, from?: string): Promise<string>
}

interface Owner {
  readonly github: GitHub
  readonly account: Account
  readonly repository: Repository
  readonly directory: string
}

const every = '+refs/heads/*:refs/remotes/origin/*'

/** What was pushed reaches the files of the checkout when somebody looks at them. */
export function checkoutOf({ github, account, repository, directory }: Owner): Checkout {
  let isBegun = false
  let isTouched = false
  let last: string | null = null
  let pushed: { readonly branch: string; readonly sha: string } | null = null
  const git = async (...args: readonly string[]): Promise<string> => {
    if (!isBegun) await begin({ github, account, repository, directory })
    isBegun = isTouched = true
    if (pushed !== null) {
      // By its id, too: its branch may be gone by now.
      await runGit(directory, ['fetch', '--quiet', 'origin', every, pushed.sha])
      await runGit(directory, ['checkout', '--quiet', '-B', pushed.branch, pushed.sha])
      pushed = null
    }
    return await runGit(directory, args)
  }
  return {
    directory,
    git,
    async push(branch, files, from) {
      if (isTouched) last = await gitLine(directory, ['rev-parse', 'HEAD'])
      const start = from === undefined ? {} : { from: from.replace(/^origin\//, '') }
      const of = { repository, by: account, branch, files, otherwise: last, ...start }
      last = await github.push(of)
      pushed = { branch, sha: last }
      isTouched = false
      return last
    },
  }
}

async function begin({ github, account, repository, directory }: Owner): Promise<void> {
  mkdirSync(directory, { recursive: true })
  await runGit(directory, ['init', '--quiet', '--initial-branch=main'])
  const { login, token } = account
  const user = `[user]\n\tname = ${login}\n\temail = ${login}@example.com\n`
  // Read without HTTP, which costs git six processes more.
  const urls = `\turl = ${repository.directory}\n\tpushurl = ${gitUrl(github, repository, token ?? '')}\n`
  const remote = `[remote "origin"]\n${urls}\tfetch = ${every}\n`
  appendFileSync(`${directory}/.git/config`, `${user}${remote}`)
}

/** Where git clones from and pushes to, with a token as GitHub takes it. */
function gitUrl({ url }: GitHub, { owner, name }: Repository, token: string): string {
  return `${url.replace('//', `//x-access-token:${token}@`)}/${owner.login}/${name}.git`
}
