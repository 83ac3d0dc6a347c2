import { describe, expect, test } from "vitest";

import { Interval, mergeIntervals, totalDuration } from "../src/interval.ts";
import { isInMaintenance, upcoming } from "../src/maintenance.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 12, minute));
const between = (start: number, end: number) => new Interval(at(start), at(end));

describe("intervals", () => {
  test("that touch become one", () => {
    const merged = mergeIntervals([between(20, 30), between(0, 10), between(5, 20)]);
    expect(merged).toEqual([between(0, 30)]);
    expect(totalDuration([between(0, 10), between(5, 15)])).toBe(15 * 60_000);
  });

  test("own their start, not their end", () => {
    expect(between(0, 1).contains(at(0))).toBe(true);
    expect(between(0, 1).contains(at(1))).toBe(false);
  });

  test("are clipped to bounds", () => {
    expect(between(0, 10).clip(between(5, 20))).toEqual(between(5, 10));
    expect(between(0, 1).clip(between(5, 20))).toBeNull();
  });
});

test("a service is in maintenance while its window is open", () => {
  const windows = [
    { title: "later", services: ["web"], interval: between(40, 50) },
    { title: "database move", services: ["web", "api"], interval: between(10, 20) },
  ];
  expect(isInMaintenance(windows, "api", at(15))).toBe(true);
  expect(isInMaintenance(windows, "mail", at(15))).toBe(false);
  expect(upcoming(windows, at(0), 3_600_000).map(({ title }) => title)).toEqual([
    "database move",
    "later",
  ]);
});
