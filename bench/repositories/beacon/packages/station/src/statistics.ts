export function mean(values: readonly number[]): number {
  if (values.length === 0) return 0;
  return values.reduce((left, right) => left + right, 0) / values.length;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const index = Math.ceil(sorted.length * share) - 1;
  return sorted[Math.max(0, index)] ?? 0;
}

export function movingAverage(values: readonly number[], width: number): number[] {
  return values.map((_, index) => mean(values.slice(Math.max(0, index - width + 1), index + 1)));
}
