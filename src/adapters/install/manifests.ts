import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import type { Patch } from '#domain/patch.ts'
import type { Workspace } from '#ports/workspace.ts'

import { ownMark } from '../system/processes.ts'

/** Files that decide what an installation contains. */
const deciding =
  /(?:^|\/)(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|bun\.lockb?|\.npmrc|\.yarnrc(?:\.yml)?|\.pnpmfile\.cjs)$|(?:^|\/)patches\//

/** Whether a patch changes what has to be installed. */
export function decidesInstallation(patch: Patch): boolean {
  return patch.some(({ path }) => deciding.test(path))
}

/** The part of a patch that decides the installation, as a key: equal keys install the same. */
export function installationKey(patch: Patch): string {
  return JSON.stringify(patch.filter(({ path }) => deciding.test(path)))
}

/** Writes the workspace's manifests, with the patch laid over them, into a new directory below `scratch`. */
export async function layOutManifests(
  workspace: Workspace,
  patch: Patch,
  scratch: string,
): Promise<string> {
  await mkdir(scratch, { recursive: true })
  const directory = await mkdtemp(join(scratch, `${ownMark}-manifests-`))
  const paths = workspace
    .files(patch)
    .filter((path) => deciding.test(path) && !path.includes('node_modules/'))
  for (const path of paths) {
    const content = workspace.read(path, patch)
    if (content === null) continue
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), content)
  }
  return directory
}
