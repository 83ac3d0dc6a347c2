import {
  type Amounts,
  type Budget,
  budgetScopes,
  type Measure,
  measures,
  type Reached,
} from '#domain/budget.ts'

export type BudgetVerdict =
  /** `left` is what both scopes leave. */
  | { readonly kind: 'ok'; readonly left: Amounts }
  | { readonly kind: 'warning'; readonly left: Amounts; readonly reached: readonly Reached[] }
  | { readonly kind: 'exhausted'; readonly reached: Reached }

/** From here on it is said that the end is near (domain.md, Budget). */
const warnAt = 0.8

/**
 * Whether more may be spent. `used` counts what is spent and what is set aside for calls under way. A limit that is
 * reached is spent: where several are, the task's is named first, for no other day brings it back. @internal
 */
export function judgeBudget(budget: Budget, used: Budget): BudgetVerdict {
  const all = budgetScopes.flatMap((scope) =>
    measures.map((measure) => ({
      scope,
      measure,
      used: used[scope][measure],
      limit: budget[scope][measure],
    })),
  )
  const spent = all.find((one) => one.used >= one.limit)
  if (spent !== undefined) return { kind: 'exhausted', reached: spent }
  const left = leftOf(all)
  const near = all.filter((one) => one.used >= one.limit * warnAt)
  return near.length === 0 ? { kind: 'ok', left } : { kind: 'warning', left, reached: near }
}

function leftOf(all: readonly Reached[]): Amounts {
  const of = (measure: Measure): number =>
    Math.min(...all.filter((one) => one.measure === measure).map((one) => one.limit - one.used))
  return {
    dollars: of('dollars'),
    tokens: of('tokens'),
    minutes: of('minutes'),
    attempts: of('attempts'),
  }
}

/** What a reservation may take: all that task and day leave, or why it may take nothing. */
export function judgeReservation(budget: Budget, used: Budget) {
  const verdict = judgeBudget(budget, used)
  switch (verdict.kind) {
    case 'exhausted':
      return verdict
    case 'warning':
      return { allowance: verdict.left, near: verdict.reached }
    case 'ok':
      return { allowance: verdict.left, near: [] }
  }
}

const dayMs = 86_400_000
/** Not at the stroke of midnight: a clock that is a little behind would still see yesterday. */
const marginMs = 60_000

/** How long until what a day of UTC may spend is there again, in milliseconds. */
export function untilNextDayMs(now: Date): number {
  return dayMs - (now.getTime() % dayMs) + marginMs
}
