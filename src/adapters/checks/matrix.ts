import type { Plain } from './workflow-parser.ts'

export type Combination = Readonly<Record<string, Plain>>

/** More combinations than GitHub allows are not read either. */
const most = 256

/** The combinations of a job's matrix, in GitHub's order; null when it is computed while the workflow runs. */
export function combinationsOf(matrix: Plain | undefined): readonly Combination[] | null {
  if (matrix === undefined || matrix === null) return [{}]
  if (!isRecord(matrix) || isComputed(matrix)) return null
  const all: Combination = matrix
  const axes = Object.entries(all).filter(([name]) => name !== 'include' && name !== 'exclude')
  const product = productOf(axes)
  if (product === null) return null
  const exclude = records(all['exclude'])
  const kept = product.filter((each) => !exclude.some((other) => agrees(each, other)))
  const names = axes.map(([name]) => name)
  return includeInto(kept, records(all['include']), names)
}

function productOf(axes: readonly (readonly [string, Plain])[]): readonly Combination[] | null {
  let product: readonly Combination[] = axes.length === 0 ? [] : [{}]
  for (const [name, values] of axes) {
    if (!Array.isArray(values) || product.length * values.length > most) return null
    const list: readonly Plain[] = values
    product = product.flatMap((each) => list.map((value) => ({ ...each, [name]: value })))
  }
  return product
}

/** An entry extends the combinations that it does not contradict; one that extends none stands for itself. */
function includeInto(
  combinations: readonly Combination[],
  entries: readonly Combination[],
  axes: readonly string[],
): readonly Combination[] {
  let all = combinations
  const alone: Combination[] = []
  for (const entry of entries) {
    const own = Object.fromEntries(Object.entries(entry).filter(([name]) => axes.includes(name)))
    const fits = (each: Combination): boolean => agrees(each, own)
    if (combinations.some(fits))
      all = all.map((each) => (fits(each) ? { ...each, ...entry } : each))
    else alone.push(entry)
  }
  return [...all, ...alone]
}

function agrees(combination: Combination, other: Combination): boolean {
  return Object.entries(other).every(
    ([name, value]) => JSON.stringify(combination[name]) === JSON.stringify(value),
  )
}

function records(value: Plain | undefined): readonly Combination[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

function isRecord(value: Plain): value is Combination {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isComputed(value: Plain): boolean {
  if (Array.isArray(value)) return value.some(isComputed)
  if (!isRecord(value)) return false
  return 'expression' in value || Object.values(value).some(isComputed)
}
