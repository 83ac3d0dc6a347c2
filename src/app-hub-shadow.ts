import type { NewsParts } from './app-hub-news.ts'

/** In shadow mode what was proposed before is read and otherwise let be: nothing is said, closed or given up. */
export function silenced<Parts extends Pick<NewsParts, 'hosting' | 'proposals'>>(
  parts: Parts,
): Parts {
  const { hosting, proposals } = parts
  return {
    ...parts,
    proposals: { ...proposals, giveUp: nothing },
    hosting: {
      ...hosting,
      checkRuns: { ...hosting.checkRuns, show: nothing },
      comments: { show: nothing, acknowledge: nothing },
      pullRequests: {
        ...hosting.pullRequests,
        advance: nothing,
        markReady: nothing,
        supersede: nothing,
        close: nothing,
      },
    },
  }
}

async function nothing(): Promise<void> {
  // Nothing.
}
