import { expect, test } from "vitest";

import { backoff } from "../src/backoff.ts";
import { formatDuration, parseDuration } from "../src/duration.ts";

test.each([
  ["90s", 90_000],
  ["1h30m", 5_400_000],
  ["250ms", 250],
])("%s is %s milliseconds", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test("what is no duration is refused", () => {
  expect(() => parseDuration("soon")).toThrow(SyntaxError);
  expect(() => parseDuration("1h and")).toThrow(SyntaxError);
});

test("a duration is told in its two largest units", () => {
  expect(formatDuration(93_784_000)).toBe("1d 2h");
  expect(formatDuration(12)).toBe("12ms");
});

test("waiting doubles up to a limit", () => {
  expect([1, 2, 3, 20].map((attempt) => backoff(attempt))).toEqual([1000, 2000, 4000, 60_000]);
  expect(() => backoff(0)).toThrow(RangeError);
});
