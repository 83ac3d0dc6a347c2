import { expect, test } from "vitest";

import { fixedClock } from "../src/clock.ts";
import { RateLimiter } from "../src/rate-limiter.ts";
import { RecurringTask } from "../src/recurring-task.ts";

test("a task runs once in its period", async () => {
  const clock = fixedClock("2026-11-21T00:00:00Z");
  let runs = 0;
  const task = new RecurringTask(clock, 1000, async () => {
    runs += 1;
  });
  expect(await task.tick()).toBe(true);
  expect(await task.tick()).toBe(false);
  clock.advance(1000);
  expect(await task.tick()).toBe(true);
  expect(runs).toBe(2);
});

test("a failing task waits and says so", async () => {
  const clock = fixedClock("2026-11-21T00:00:00Z");
  const task = new RecurringTask(clock, 1000, () => Promise.reject(new Error("no")));
  await task.tick();
  expect(task.describe()).toBe("failed 1 times, tries again");
  task.stop();
  expect(task.isDue).toBe(false);
  expect(task.describe()).toBe("was stopped");
});

test("a bucket gives what it has and refills", () => {
  const clock = fixedClock("2026-11-21T00:00:00Z");
  const limiter = new RateLimiter(clock, 2, 1000);
  expect([limiter.take(), limiter.take(), limiter.take()]).toEqual([true, true, false]);
  clock.advance(2500);
  expect(limiter.available).toBe(2);
});
