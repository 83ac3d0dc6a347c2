import { expect, test } from "vitest";

import { httpProbe } from "../src/probes/http-probe.ts";
import { retryingProbe } from "../src/probes/retrying-probe.ts";
import { mean, movingAverage, percentile } from "../src/statistics.ts";
import { web } from "./fixtures.ts";

test("an answer above 400 is a failure", async () => {
  expect(await httpProbe(async () => ({ status: 204 }))(web)).toEqual({ ok: true });
  expect(await httpProbe(async () => ({ status: 503 }))(web)).toEqual({
    ok: false,
    detail: "answered 503",
  });
});

test("an exception is a failure with its message", async () => {
  const probe = httpProbe(() => Promise.reject(new Error("refused")));
  expect(await probe(web)).toEqual({ ok: false, detail: "refused" });
});

test("a failure counts when it comes three times", async () => {
  let calls = 0;
  const probe = retryingProbe(async () => ({ ok: (calls += 1) === 3 }), 3);
  expect(await probe(web)).toEqual({ ok: true });
  expect(calls).toBe(3);
});

test("statistics are what they are called", () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(percentile([5, 1, 9, 3], 0.5)).toBe(3);
  expect(movingAverage([2, 4, 6], 2)).toEqual([2, 3, 5]);
});
