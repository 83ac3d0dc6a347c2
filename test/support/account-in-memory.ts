import { reportedType } from '#domain/account.ts'
import { deployEndedType, deployFacts } from '#domain/deploy-facts.ts'
import { fixFact } from '#domain/fix-fact.ts'
import { deployWeighed, weighedType } from '#domain/rollback.ts'
import { emergencyIn } from '#domain/second-look.ts'
import type { Accounts } from '#ports/accounts.ts'
import type { NewAuditEntry } from '#ports/run-store.ts'

import type { memoryStore } from './memory-durable.ts'

/** What is on record in memory, run by run; nothing there has a time of its own. */
export function memoryAccounts({
  runs,
  audit,
}: Pick<ReturnType<typeof memoryStore>, 'runs' | 'audit'>): Accounts {
  return {
    async of(id) {
      const run = runs.get(id)
      if (run === undefined) return null
      const own = [...audit.values()].filter(({ runId }) => runId === id)
      const at = new Date(run.startedAt)
      const ended = own.find(({ type }) => type === deployEndedType)
      const facts = own.filter(({ type }) => type.startsWith('fix-'))
      const account = {
        run,
        facts: facts.map(({ data }) => ({ at, what: fixFact.parse(data) })),
        deploy: ended === undefined ? null : { at, what: deployFacts.parse(ended.data) },
        emergency: emergencyIn(own.map((one) => ({ ...one, at: run.startedAt }))),
        weighed: weighedFrom(own),
        incidents: [],
        reportedAt: own.some(({ type }) => type === reportedType) ? at : null,
      }
      return { taskId: run.taskId, runs: [account] }
    },
  }
}

function weighedFrom(own: readonly NewAuditEntry[]) {
  const entry = own.find(({ type }) => type === weighedType)
  return entry === undefined ? null : deployWeighed.parse(entry.data)
}
