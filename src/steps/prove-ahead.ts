import type { Check } from '#domain/check.ts'
import type { Patch } from '#domain/patch.ts'
import type { Checks } from '#ports/checks.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'

import { proveBeside } from './prove-beside.ts'

interface Ports {
  readonly checks: Pick<Checks, 'relatedTo'>
  readonly observer: Pick<Observer, 'observe'>
}

interface Wanted {
  readonly beside: readonly Check[]
  /** Opens the files for commands that end when the signal says so. */
  readonly open: (signal: AbortSignal) => Promise<Workspace>
}

/** The proof of what may well be the fix, begun while its own check still runs. */
export interface Ahead {
  /** Begins with this patch; what was begun with another one ends. */
  begin(patch: Patch): void
  /** Ends what nobody will ask for. */
  drop(): void
}

/** What it measures the observer remembers, so that the proof itself finds it done or joins it. Answers nothing itself. */
export function proveAhead(ports: Ports, { beside, open }: Wanted): Ahead {
  let begun: { readonly patch: string; readonly ending: AbortController } | null = null
  const drop = (): void => {
    begun?.ending.abort()
    begun = null
  }
  return {
    drop,
    begin(patch) {
      const named = JSON.stringify(patch)
      if (beside.length === 0 || begun?.patch === named) return
      drop()
      const ending = new AbortController()
      begun = { patch: named, ending }
      // What goes wrong here goes wrong again, and is told, where somebody waits for it.
      // Whether the base was red too is asked only there.
      open(ending.signal)
        .then((workspace) =>
          proveBeside(ports, { workspace, patch, beside, base: async () => null }),
        )
        .catch(() => undefined)
    },
  }
}
