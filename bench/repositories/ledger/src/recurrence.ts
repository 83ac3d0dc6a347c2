import { addDays, addMonths, type Day, daysBetween } from './dates.js'

export type Recurrence =
  | { readonly every: 'week'; readonly count: number }
  | { readonly every: 'month'; readonly count: number }
  | { readonly every: 'year' }

/** The first day of the series on or after `from`. */
export function nextOccurrence(start: Day, rule: Recurrence, from: Day): Day {
  if (from <= start) return start
  let step = estimateSteps(start, rule, from)
  while (occurrence(start, rule, step) < from) step += 1
  return occurrence(start, rule, step)
}

export function occurrences(start: Day, rule: Recurrence, until: Day): Day[] {
  const days: Day[] = []
  for (let step = 0; occurrence(start, rule, step) <= until; step += 1) {
    days.push(occurrence(start, rule, step))
  }
  return days
}

function occurrence(start: Day, rule: Recurrence, step: number): Day {
  switch (rule.every) {
    case 'week':
      return addDays(start, 7 * rule.count * step)
    case 'month':
      return addMonths(start, rule.count * step)
    case 'year':
      return addMonths(start, 12 * step)
  }
}

function estimateSteps(start: Day, rule: Recurrence, from: Day): number {
  const days = daysBetween(start, from)
  const longest =
    rule.every === 'year' ? 366 : rule.count * (rule.every === 'week' ? 7 : 31)
  return Math.max(0, Math.floor(days / longest) - 1)
}
