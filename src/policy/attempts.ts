/** S2-08, I5, autofix.md 7: tries that start by themselves, and tries in all; only who asks by name gets more than three. */
const mostTries = { alone: 3, inAll: 10 } as const

/** Whether a failure may be tried once more. `spent`: tasks that ended without a green fix since the last that had one. */
export function mayTry({
  spent,
  isAsked,
}: {
  readonly spent: number
  readonly isAsked: boolean
}): boolean {
  return spent < (isAsked ? mostTries.inAll : mostTries.alone)
}
