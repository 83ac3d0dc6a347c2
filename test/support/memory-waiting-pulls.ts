import type { WaitingPull, WaitingPulls } from '#ports/waiting-pulls.ts'

/** Pull requests that wait for their base, in memory. */
export function memoryWaitingPulls(): WaitingPulls {
  const waiting = new Map<string, WaitingPull & { readonly isTold: boolean }>()
  return {
    async wait(one) {
      if (!waiting.has(keyOf(one))) waiting.set(keyOf(one), { ...one, isTold: false })
    },
    forBase: async (_repository, base) =>
      [...waiting.values()].filter((one) => one.base === base && !one.isTold),
    told: async (one) => void waiting.set(keyOf(one), { ...one, isTold: true }),
  }
}

function keyOf({ pull, headSha }: WaitingPull): string {
  return `${pull} ${headSha}`
}
