import { quote } from 'shell-quote'

import type { Patch } from '#domain/patch.ts'

interface LaidAside {
  /** The new texts under names that mean nothing to any tool. */
  readonly edits: Patch
  /** Puts them in their places. */
  readonly script: readonly string[]
}

const folder = '.goalkeeper-new'

/**
 * New texts that a script puts in place when it is ready for them: after it looked at the old ones, or because a
 * manifest that lies in the workspace from the start would be installed first, which is what it is to make possible.
 */
export function laidAside(patch: Patch): LaidAside {
  const written = patch.filter(({ content }) => content !== null)
  return {
    edits: written.map(({ content }, at) => ({ path: `${folder}/${at}`, content })),
    script: written.map(({ path }, at) => `cp -- ${folder}/${at} ${quote([path])}`),
  }
}
