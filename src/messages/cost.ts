import type { Measure, Reached } from '#domain/budget.ts'
import type { Cost } from '#domain/cost.ts'

/** What a fix cost, in one sentence. I13: what is estimated is never called measured. */
export function costSentence({ attempts, dollars, source, tokens }: Cost): string {
  const tries = counted(attempts, 'attempt')
  if (dollars !== null) return `This fix cost ${money(dollars)} (${source}), ${tries}.`
  return `This fix used ${grouped(tokens)} tokens (${source}) at a price that nobody told us, ${tries}.`
}

/** What of a budget is nearly spent; nothing while there is enough. */
export function nearSentences({ near }: Cost): readonly string[] {
  return near.map((one) => `${nearWords(one)}.`)
}

export function nearWords(near: Reached): string {
  return `Nearly spent: ${reachedWords(near)}`
}

export function reachedWords({ scope, measure, used, limit }: Reached): string {
  const whose = scope === 'task' ? 'this task' : 'this repository today'
  return `${amount(measure, used)} of ${amount(measure, limit)} for ${whose}`
}

function amount(measure: Measure, value: number): string {
  switch (measure) {
    case 'dollars':
      return money(value)
    case 'tokens':
      return `${grouped(value)} tokens`
    case 'minutes':
      return counted(Math.round(value), 'minute')
    case 'attempts':
      return counted(value, 'attempt')
  }
}

/** That a run goes on when the day turns. `spent` says what is in the way. */
export function awaitingDayWords(spent: string) {
  return {
    title: 'Waiting for the budget of the next day',
    summary: `${spent} What costs nothing did not repair it. It goes on by itself after midnight UTC, unless the branch moves or is green before.`,
  }
}

/** Less than a cent is not nothing. */
function money(dollars: number): string {
  return dollars > 0 && dollars < 0.01 ? 'less than $0.01' : `$${dollars.toFixed(2)}`
}

function grouped(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
