export { type Clock, fixedClock, systemClock } from "./clock.ts";
export { type CronRule, matches, nextRun, parseRule } from "./rule.ts";
export { formatDuration, parseDuration } from "./duration.ts";
export { backoff, type BackoffOptions } from "./backoff.ts";
export { Interval, mergeIntervals, totalDuration } from "./interval.ts";
export { type MaintenanceWindow, isInMaintenance, upcoming } from "./maintenance.ts";
export { RateLimiter } from "./rate-limiter.ts";
export { RecurringTask } from "./recurring-task.ts";
