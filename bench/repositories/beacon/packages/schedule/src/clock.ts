export interface Clock {
  now(): Date;
}

export const systemClock: Clock = {
  now: () => new Date(),
};

export function fixedClock(start: string): Clock & { advance(milliseconds: number): void } {
  let current = Date.parse(start);
  return {
    now: () => new Date(current),
    advance(milliseconds: number): void {
      current += milliseconds;
    },
  };
}
