import { expect, test } from "vitest";

import { matches, nextRun, parseRule } from "../src/rule.ts";

test("a rule matches its minutes, hours and weekdays", () => {
  const rule = parseRule("*/15 8,9 *");
  expect(matches(rule, new Date("2026-11-21T08:45:00Z"))).toBe(true);
  expect(matches(rule, new Date("2026-11-21T10:45:00Z"))).toBe(false);
});

test("the next run may be days away", () => {
  const monday = parseRule("0 6 1");
  expect(nextRun(monday, new Date("2026-11-21T12:00:00Z"))?.toISOString()).toBe(
    "2026-11-23T06:00:00.000Z",
  );
});

test("a rule has three fields", () => {
  expect(() => parseRule("* *")).toThrow("three fields");
  expect(() => parseRule("99 * *")).toThrow("empty field 99");
});
