import { firstNames } from './fix-notes.ts'

/** What is told below the step that lays out a commit and installs what it needs. */
export function installNote(failed: {
  readonly manager: string
  readonly command: string
}): string {
  return `${failed.manager} could not install the dependencies (${failed.command}); this is treated as a red check of its own`
}

/** A binary lockfile pins nothing here: how it becomes one that does. */
export const binaryLockfileNote =
  'bun.lockb is binary and was not followed: the newest versions that package.json allows were installed. `bun install --save-text-lockfile` writes bun.lock, which is followed'

/** What of the commit is not looked at: the first few by name, then how many more. */
export function omittedNotes(
  omitted: readonly { readonly path: string; readonly because: keyof typeof whyOmitted }[],
): readonly string[] {
  const named = omitted
    .slice(0, MOST_OMITTED)
    .map(({ path, because }) => `left out: ${path}, ${whyOmitted[because]}`)
  const more = omitted.length - named.length
  return more > 0 ? [...named, `left out: ${more} more of the kind`] : named
}

const MOST_OMITTED = 5

const whyOmitted = {
  'symlink-leaves-tree': 'a link that leads out of the repository',
  submodule: 'a submodule',
} as const

/** Whoever broke something and did not commit it would take "nothing to repair" for an answer about that. */
export function uncommittedNote(paths: readonly string[]): string {
  const [verb, them] = paths.length === 1 ? ['differs', 'it'] : ['differ', 'them']
  return `${firstNames(paths)} ${verb} from the commit in your working tree and ${paths.length === 1 ? 'was' : 'were'} not looked at: commit ${them} and run this again`
}
