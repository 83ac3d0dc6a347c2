/** A half-open stretch of time: its start belongs to it, its end does not. */
export class Interval {
  readonly start: Date;
  readonly end: Date;

  constructor(start: Date, end: Date) {
    if (start > end) throw new RangeError("an interval cannot end before it starts");
    this.start = start;
    this.end = end;
  }

  get duration(): number {
    return this.end.getTime() - this.start.getTime();
  }

  contains(date: Date): boolean {
    return date >= this.start && date < this.end;
  }

  touches(other: Interval): boolean {
    return this.start <= other.end && other.start <= this.end;
  }

  clip(bounds: Interval): Interval | null {
    const start = this.start > bounds.start ? this.start : bounds.start;
    const end = this.end < bounds.end ? this.end : bounds.end;
    return start < end ? new Interval(start, end) : null;
  }
}

export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  const sorted = intervals.toSorted((left, right) => left.start.getTime() - right.start.getTime());
  for (const interval of sorted) {
    const last = merged.at(-1);
    if (last?.touches(interval)) {
      const end = last.end > interval.end ? last.end : interval.end;
      merged[merged.length - 1] = new Interval(last.start, end);
    } else {
      merged.push(interval);
    }
  }
  return merged;
}

export function totalDuration(intervals: readonly Interval[]): number {
  return mergeIntervals(intervals).reduce((total, { duration }) => total + duration, 0);
}
