import type { Inbox, Settlement, TakenDelivery } from '#ports/inbox.ts'

export interface Work {
  readonly inbox: Pick<Inbox, 'take' | 'renew' | 'settle' | 'release'>
  /** This process among all on the database. */
  readonly holder: string
  /** Does what the delivery asks for and says what became of it. Throws what nobody foresaw: then it is tried again. */
  readonly handle: (delivery: TakenDelivery) => Promise<string>
  /** What an error says, without secrets. */
  readonly explain: (error: unknown) => string
  readonly leaseMs?: number
  readonly pollMs?: number
  /** How long the first failure waits; each further one four times as long. */
  readonly retryMs?: number
}

/** How often a delivery is tried, by whichever process. */
const mostAttempts = 5
const usualRetryMs = 2000

/** Has one delivery handled. Never throws: what goes wrong is how it ended. */
export async function settlementOf(delivery: TakenDelivery, work: Work): Promise<Settlement> {
  const { attempt } = delivery
  if (attempt > mostAttempts) {
    const reason = `The process ended each of the ${mostAttempts} times it handled this.`
    return { state: 'failed', reason }
  }
  try {
    return { state: 'done', note: await work.handle(delivery) }
  } catch (error) {
    const reason = work.explain(error)
    if (attempt === mostAttempts) return { state: 'failed', reason }
    const afterMs = (work.retryMs ?? usualRetryMs) * 4 ** (attempt - 1)
    return { state: 'received', reason, afterMs }
  }
}
