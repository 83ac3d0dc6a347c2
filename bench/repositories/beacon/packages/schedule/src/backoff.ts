export interface BackoffOptions {
  readonly first: number;
  readonly factor: number;
  readonly longest: number;
}

const defaults: BackoffOptions = { first: 1000, factor: 2, longest: 60_000 };

/** How long to wait before the attempt, which counts from one. */
export function backoff(attempt: number, options: Partial<BackoffOptions> = {}): number {
  const { first, factor, longest } = { ...defaults, ...options };
  if (attempt < 1) throw new RangeError("attempts count from one");
  return Math.min(longest, first * factor ** (attempt - 1));
}
