import type { NewsParts } from '../../src/app-hub-news.ts'
import { memoryHosting } from './hosted-world.ts'
import { memoryLedger, proposalOf } from './ledger-world.ts'

/** The commit that we wrote for the fix. */
export const ours = 'c'.repeat(40)
export const green = { branch: 'main', sha: 'd'.repeat(40), repositoryId: 11 }

/** A host, a ledger with a fix of ours for `main`, and an engine that is told things. */
export function world(told: Parameters<typeof memoryLedger>[0] = {}, tip = green.sha) {
  const signals: string[] = []
  const known = [proposalOf()]
  const { ledger, givenUp, takenBack } = memoryLedger({
    known,
    wrote: { [ours]: 'run_9' },
    ...told,
  })
  const { hosting, comments, closed, left } = memoryHosting()
  const parts: NewsParts = {
    ...ledger,
    hosting: { ...hosting, branches: { tip: () => Promise.resolve(tip) } },
    engine: { signal: async (runId) => void signals.push(runId) },
  }
  return { parts, signals, givenUp, takenBack, comments, closed, left }
}
