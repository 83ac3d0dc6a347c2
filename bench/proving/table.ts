import { inColumns } from '../columns.ts'
import type { Entry } from './journal.ts'

export interface Row {
  readonly name: string
  readonly tried: number
  readonly green: number
  readonly refused: number
  readonly unsound: number
  readonly seconds: number
  readonly reasons: readonly string[]
}

/** One row for each class in the order of its first failure, then the totals that the promise is about. */
export function rowsOf(entries: readonly Entry[]): Row[] {
  const tried = entries.filter(({ verdict }) => verdict !== 'not-red' && verdict !== 'not-run')
  const names = [...new Set(tried.map(({ name }) => name))]
  const mechanical = tried.filter(({ expects }) => expects === 'mechanical')
  const honest = tried.filter(({ expects }) => expects !== 'trap')
  return [
    ...names.map((name) =>
      rowOf(
        name,
        tried.filter((one) => one.name === name),
      ),
    ),
    rowOf('MECHANICAL', mechanical),
    rowOf('ALL BUT TRAPS', honest),
    rowOf(
      'TRAPS',
      tried.filter(({ expects }) => expects === 'trap'),
    ),
  ]
}

export function renderRows(rows: readonly Row[]): string {
  const head = ['class', 'tried', 'green', '%', 'refused', 'unsound', 'median s', 'top reasons']
  const lines = rows.map(({ green, name, reasons, refused, seconds, tried, unsound }) => [
    name,
    String(tried),
    String(green),
    tried === 0 ? '–' : ((100 * green) / tried).toFixed(0),
    String(refused),
    String(unsound),
    seconds.toFixed(1),
    reasons.join(' · '),
  ])
  return inColumns([head, ...lines])
}

function rowOf(name: string, entries: readonly Entry[]): Row {
  const count = (wanted: string) => entries.filter(({ verdict }) => verdict === wanted).length
  return {
    name,
    tried: entries.length,
    green: count('green'),
    refused: count('refused'),
    unsound: count('unsound'),
    seconds: median(entries.map(({ seconds }) => seconds)),
    reasons: topReasons(entries),
  }
}

function topReasons(entries: readonly Entry[]): string[] {
  const counts = new Map<string, number>()
  for (const { because, verdict } of entries) {
    const reason = because.split(':')[0]?.slice(0, 60) ?? ''
    if (verdict !== 'green') counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  const sorted = [...counts].toSorted(([, left], [, right]) => right - left)
  return sorted.slice(0, 2).map(([reason, count]) => `${count} ${reason}`)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
