import type { Amounts, Reached } from '#domain/budget.ts'
import type { CoderUsage } from '#domain/coder.ts'

/** Who wants to spend, and whose budget it is. */
export interface Spender {
  /** What the user named: a path or a URL without credentials. */
  readonly repository: string
  readonly taskId: string
  readonly runId: string
  readonly step: string
}

export type Reserving =
  | {
      readonly kind: 'reserved'
      readonly id: string
      /** What this attempt may use of what is left; nobody else gets it until it is released. */
      readonly allowance: Amounts
      /** What is nearly spent. */
      readonly near: readonly Reached[]
    }
  | { readonly kind: 'exhausted'; readonly reached: Reached }

/**
 * Money, tokens, minutes and attempts that nobody can wind back: what was spent is only ever added to. Nothing on GitHub,
 * no restart and no second process changes what is left.
 */
export interface Budgets {
  /**
   * Sets aside, as one attempt, what task and day leave. What an earlier process of the same run and step still held is
   * given back first: what it spent stays spent, and its attempt counted.
   */
  reserve(spender: Spender, now: Date): Promise<Reserving>
  /** Adds what one call used; the same `call` again adds nothing. `spent`: no further call may be made. */
  spend(id: string, call: number, usage: CoderUsage): Promise<'go-on' | 'spent'>
  /** What lets nobody reserve any more; null where something is left. */
  spent(spender: Pick<Spender, 'repository' | 'taskId'>, now: Date): Promise<Reached | null>
  /** Gives back what was not used. */
  release(id: string): Promise<void>
}
