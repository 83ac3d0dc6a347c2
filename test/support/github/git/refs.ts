import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Move } from '../house.ts'
import { lasting } from './lasting.ts'
import { refInFiles, refsInFiles } from './ref-files.ts'
import { git, GitRefused } from './run-git.ts'

export async function createBare(directory: string, defaultBranch: string): Promise<void> {
  mkdirSync(directory, { recursive: true })
  await git(directory, ['init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`])
  appendFileSync(join(directory, 'config'), config)
  writeFileSync(join(directory, 'hooks/pre-receive'), gatekeeper, { mode: 0o755 })
}

/** As on GitHub any commit may be asked for by name, and nobody else writes below refs/pull. */
const config = `
[uploadpack]
  allowAnySHA1InWant = true
[http]
  receivepack = true
[receive]
  hideRefs = refs/pull
[gc]
  auto = 0
`

/** What GitHub refuses at the door; who comes in says so by the environment. */
const gatekeeper = `#!/bin/sh
while read -r old new ref; do
  case " $GITHUB_PROTECTED " in
    *" $ref "*) echo "error: GH006: Protected branch update failed for $ref." >&2; exit 1 ;;
  esac
  case "$new" in *[1-9a-f]*) ;; *) continue ;; esac
  if [ -n "$GITHUB_NO_WORKFLOWS" ] &&
    [ -n "$(git rev-list -1 "$new" --not --all -- .github/workflows)" ]; then
    echo 'refusing to allow a GitHub App to create or update workflow without \`workflows\` permission' >&2
    exit 1
  fi
done
`

/** The commit a branch, tag, full ref or (short) id names; null if none. */
export async function commitAt(directory: string, name: string): Promise<string | null> {
  if (name.startsWith('-')) return null
  for (const ref of [`refs/heads/${name}`, `refs/tags/${name}`]) {
    const id = await refInFiles(directory, ref)
    if (id !== null) return await commitOf(directory, id)
  }
  return await commitOf(directory, name)
}

async function commitOf(directory: string, id: string): Promise<string | null> {
  return await orNull(lasting(directory, revision, `${id}^{commit}`))
}

const revision = ['rev-parse', '--verify', '-q']

/** The tree of a commit, or the tree itself, by its full id; null if there is none. */
export async function treeAt(directory: string, id: string): Promise<string | null> {
  return await orNull(lasting(directory, revision, `${id}^{tree}`))
}

/** What a full ref points at; null if there is no such ref. */
export async function refAt(directory: string, ref: string): Promise<string | null> {
  return await refInFiles(directory, ref)
}

/** All refs below these folders, by their full names. */
export async function refsBelow(
  directory: string,
  ...prefixes: readonly string[]
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(prefixes.map((prefix) => refsInFiles(directory, prefix)))
  return new Map(found.flat())
}

export async function kindOf(directory: string, id: string): Promise<string | null> {
  if (!/^[0-9a-f]{40}$/.test(id)) return null
  return await orNull(lasting(directory, ['cat-file', '-t'], id))
}

/** Moves a ref; false where it no longer was where `from` says. */
export async function moveRef(directory: string, { ref, before, after }: Move): Promise<boolean> {
  const none = '0'.repeat(40)
  const done = await orNull(
    git(
      directory,
      after === null
        ? ['update-ref', '-d', ref, before ?? none]
        : ['update-ref', ref, after, before ?? none],
    ),
  )
  return done !== null
}

export async function isAncestor(directory: string, old: string, young: string): Promise<boolean> {
  return (await orNull(lasting(directory, ['merge-base', '--is-ancestor'], old, young))) !== null
}

/** Which branches and tags differ between two looks at a repository. */
export function movesBetween(
  old: ReadonlyMap<string, string>,
  young: ReadonlyMap<string, string>,
): readonly Move[] {
  const names = [...new Set([...old.keys(), ...young.keys()])]
  return names
    .map((ref) => ({ ref, before: old.get(ref) ?? null, after: young.get(ref) ?? null }))
    .filter(({ before, after }) => before !== after)
}

export function branchOf(ref: string): string | null {
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null
}

async function orNull(answer: Promise<string>): Promise<string | null> {
  try {
    return (await answer).trim()
  } catch (error) {
    if (error instanceof GitRefused) return null
    throw error
  }
}
