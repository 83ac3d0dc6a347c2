import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Commit, Written } from '#ports/repositories.ts'

import { contains, stateOf } from './branch-state.ts'
import { git } from './git.ts'
import type { GitSettings } from './git.ts'
import { objectionToCommit } from './objections.ts'
import { writeTree } from './patch-trees.ts'
import { commitAt, inMirror } from './refs.ts'
import { secretIn } from './secret-gate.ts'
import { withScratch } from './trees.ts'

/**
 * Writes exactly the patch's files as one commit, by plumbing alone: no working tree, no hooks, no force. The same
 * input gives the same SHA, so writing it again changes nothing (I7). On an existing branch the parent must be its head.
 */
export async function writeCommit(settings: GitSettings, commit: Commit): Promise<Written> {
  const { mirror, parent, patch } = commit
  const objection = await objectionToCommit(settings, commit)
  const refusal = objection ?? (await secretIn(settings, commit))
  if (refusal !== null) return refusal
  const [tree, before] = await Promise.all([
    writeTree(settings, mirror, { sha: parent, patch }),
    inMirror(settings, mirror, ['rev-parse', `${parent}^{tree}`]),
  ])
  if (before.trim() === tree) {
    return { kind: 'refused', because: 'outside-scope', detail: 'The patch changes nothing.' }
  }
  const sha = await commitTree(settings, commit, tree)
  return moveBranch(settings, commit, sha)
}

const bot = { name: 'goalkeeper[bot]', email: 'goalkeeper[bot]@users.noreply.github.com' }

async function commitTree(settings: GitSettings, commit: Commit, tree: string): Promise<string> {
  // The sign says that a small number is a time, not a date.
  const date = `@${Math.floor(commit.at.getTime() / 1000)} +0000`
  return withScratch(settings, async (scratch) => {
    const message = join(scratch, 'message')
    const words = settings.secrets?.inData(commit.message) ?? commit.message
    await writeFile(message, `${words.trimEnd()}\n`)
    const env = {
      GIT_DIR: commit.mirror.directory,
      GIT_AUTHOR_NAME: bot.name,
      GIT_AUTHOR_EMAIL: bot.email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: bot.name,
      GIT_COMMITTER_EMAIL: bot.email,
      GIT_COMMITTER_DATE: date,
    }
    const args = ['commit-tree', '-p', commit.parent, '-F', message, tree]
    return (await git(settings, { cwd: scratch, env }, args)).trim()
  })
}

/** From the head we saw to the new commit, or not at all. */
async function moveBranch(settings: GitSettings, commit: Commit, sha: string): Promise<Written> {
  const { mirror, branch, parent } = commit
  const state = await stateOf(settings, mirror, branch)
  switch (state.kind) {
    case 'foreign': {
      const { theirs, ours } = state
      // Another mirror of ours wrote and pushed this very commit, or the one it lies on.
      if (await contains(settings, mirror, [sha, theirs])) return { kind: 'written', sha }
      const mayGoOn = commit.isOnTop === true && theirs === parent
      if (mayGoOn) return update(settings, commit, { sha, head: ours })
      return ours === null ? foreign(branch) : moved(branch)
    }
    case 'free':
      return update(settings, commit, { sha, head: null })
    case 'ours':
      if (await contains(settings, mirror, [sha, state.head])) return { kind: 'written', sha }
      if (state.head !== parent) return moved(branch)
      return update(settings, commit, { sha, head: state.head })
  }
}

async function update(
  settings: GitSettings,
  { mirror, branch }: Commit,
  { sha, head }: { readonly sha: string; readonly head: string | null },
): Promise<Written> {
  const ref = `refs/heads/${branch}`
  try {
    await inMirror(settings, mirror, ['update-ref', ref, sha, head ?? '0'.repeat(sha.length)])
    return { kind: 'written', sha }
  } catch (error) {
    // Somebody moved the branch between our look and our write: never over it.
    const now = await commitAt(settings, mirror, ref)
    if (now === head) throw error
    return now === sha ? { kind: 'written', sha } : moved(branch)
  }
}

function foreign(branch: string): Written {
  const detail = `${branch} is a branch of somebody else.`
  return { kind: 'refused', because: 'outside-scope', detail }
}

function moved(branch: string): Written {
  const detail = `${branch} has commits of somebody else.`
  return { kind: 'refused', because: 'head-moved', detail }
}
