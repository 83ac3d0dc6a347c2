import { Interval } from "./interval.ts";

export interface MaintenanceWindow {
  readonly title: string;
  readonly services: readonly string[];
  readonly interval: Interval;
}

export function isInMaintenance(
  windows: readonly MaintenanceWindow[],
  service: string,
  at: Date,
): boolean {
  return windows.some(
    (window) => window.services.includes(service) && window.interval.contains(at),
  );
}

/** Windows that begin within the horizon, soonest first. */
export function upcoming(
  windows: readonly MaintenanceWindow[],
  now: Date,
  horizon: number,
): MaintenanceWindow[] {
  const soon = new Interval(now, new Date(now.getTime() + horizon));
  return windows
    .filter(({ interval }) => soon.contains(interval.start))
    .toSorted((left, right) => left.interval.start.getTime() - right.interval.start.getTime());
}
