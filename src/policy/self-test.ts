import type { SelfTestSeen, SelfTestStep } from '#domain/self-test.ts'

/** Each step by itself: null is for what nobody could see, and proves nothing. */
export function judgeSelfTest(seen: SelfTestSeen): Readonly<Record<SelfTestStep, boolean | null>> {
  const isProposed = seen.number !== null
  return {
    commit: seen.head !== null,
    proposal: seen.head === null ? null : isProposed && seen.isAsWritten === true,
    deploy: isProposed ? seen.liveAt !== null : null,
    webhook: seen.isHeard,
    'clean-up': isProposed ? seen.isCleared === true : null,
  }
}
