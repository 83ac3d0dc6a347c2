import { inColumns } from '../columns.ts'

/** One figure of the bench against its goal. */
export interface Figure {
  readonly what: string
  readonly failure: string
  /** Medians in milliseconds; null where nothing stands beside it. */
  readonly byHandMs: number | null
  readonly oursMs: number
  /** The median of the ratios pair by pair: both halves of a pair had the same machine. */
  readonly ratio: number | null
  readonly goal: Goal | null
}

type Goal =
  | { readonly kind: 'ratio'; readonly atMost: number }
  | { readonly kind: 'milliseconds'; readonly atMost: number }

export interface Pair {
  readonly byHandMs: number
  readonly oursMs: number
}

export function figureOf(
  { what, failure, goal }: Pick<Figure, 'what' | 'failure' | 'goal'>,
  pairs: readonly Pair[],
): Figure {
  return {
    what,
    failure,
    byHandMs: median(pairs.map(({ byHandMs }) => byHandMs)),
    oursMs: median(pairs.map(({ oursMs }) => oursMs)),
    ratio: median(pairs.map(({ byHandMs, oursMs }) => oursMs / byHandMs)),
    goal,
  }
}

export function met({ goal, ratio, oursMs }: Figure): boolean | null {
  if (goal === null) return null
  return (goal.kind === 'ratio' ? (ratio ?? NaN) : oursMs) <= goal.atMost
}

export function renderFigures(figures: readonly Figure[]): string {
  const head = ['what', 'failure', 'by hand', 'goalkeeper', 'ratio', 'goal', '']
  const lines = figures.map((figure) => [
    figure.what,
    figure.failure,
    seconds(figure.byHandMs),
    seconds(figure.oursMs),
    figure.ratio === null ? '' : `${figure.ratio.toFixed(2)}x`,
    goalWords(figure.goal),
    { true: 'met', false: 'missed', null: '' }[`${met(figure)}`],
  ])
  return inColumns([head, ...lines])
}

function goalWords(goal: Goal | null): string {
  if (goal === null) return ''
  return goal.kind === 'ratio' ? `<= ${goal.atMost.toFixed(2)}x` : `<= ${seconds(goal.atMost)}`
}

function seconds(ms: number | null): string {
  return ms === null ? '' : `${(ms / 1000).toFixed(2)} s`
}

function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? NaN
}
