import {
  backoff, fixedClock, formatDuration, Interval, isInMaintenance, matches, mergeIntervals, nextRun, parseDuration,
  parseRule, RateLimiter, RecurringTask, totalDuration, upcoming,
} from "@beacon/schedule";
import { expect, test } from "vitest";

import { History } from "../src/history.ts";
import { durationOf, severityOf } from "../src/incidents/incident.ts";
import { IncidentBook } from "../src/incidents/incident-book.ts";
import { digest } from "../src/notify/digest.ts";
import { escapeHtml, html } from "../src/page/escape.ts";
import { headline, statusOf, worst } from "../src/page/status.ts";
import { httpProbe } from "../src/probes/http-probe.ts";
import { retryingProbe } from "../src/probes/retrying-probe.ts";
import { byImportance } from "../src/service.ts";
import { parseSettings } from "../src/settings.ts";
import { mean, movingAverage, percentile } from "../src/statistics.ts";
import { mail, station, web } from "./fixtures.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
const between = (start: number, end: number) => new Interval(at(start), at(end));

test("durations and waits", () => {
  expect(["2d", "1m1s", "5ms"].map(parseDuration)).toEqual([172_800_000, 61_000, 5]);
  expect([3_600_000, 61_000, 999, 0].map(formatDuration)).toEqual(["1h", "1m 1s", "999ms", "0ms"]);
  expect(backoff(2, { factor: 3, first: 10 })).toBe(30);
  expect(backoff(9, { longest: 7 })).toBe(7);
});

test("rules", () => {
  expect(nextRun(parseRule("30 * *"), at(30))?.toISOString()).toBe("2026-01-01T01:30:00.000Z");
  expect(nextRun(parseRule("31 0 *"), at(30))).toEqual(at(31));
  expect(matches(parseRule("0 0 4"), at(0))).toBe(true);
  expect(matches(parseRule("0 0 5"), at(0))).toBe(false);
});

test("intervals and windows", () => {
  expect(() => between(2, 1)).toThrow(RangeError);
  expect(mergeIntervals([between(5, 6), between(0, 1)])).toHaveLength(2);
  expect(mergeIntervals([between(0, 9), between(1, 2)])).toEqual([between(0, 9)]);
  expect(totalDuration([between(0, 1), between(2, 4)])).toBe(180_000);
  expect(between(0, 5).clip(between(2, 9))).toEqual(between(2, 5));
  expect(between(0, 5).clip(between(5, 9))).toBeNull();
  const windows = [{ title: "w", services: ["web"], interval: between(5, 6) }];
  expect(isInMaintenance(windows, "web", at(6))).toBe(false);
  expect(upcoming(windows, at(0), 300_000)).toEqual([]);
  expect(upcoming(windows, at(0), 300_001)).toEqual(windows);
});

test("limits and tasks", async () => {
  const clock = fixedClock("2026-01-01T00:00:00Z");
  const limiter = new RateLimiter(clock, 3, 100);
  for (let turn = 0; turn < 3; turn += 1) limiter.take();
  clock.advance(150);
  expect([limiter.available, limiter.take(), limiter.take()]).toEqual([1, true, false]);
  let fails = true;
  const task = new RecurringTask(clock, 5000, async () => {
    if (fails) throw new Error("no");
  });
  await task.tick();
  clock.advance(999);
  expect([task.isDue, task.state]).toEqual([false, "waiting"]);
  clock.advance(1);
  fails = false;
  expect([await task.tick(), task.describe()]).toEqual([true, "waits for its turn"]);
});

test("statistics and history", () => {
  expect([mean([]), percentile([], 0.5), percentile([1, 2, 3, 4], 1)]).toEqual([0, 0, 4]);
  expect(movingAverage([3], 4)).toEqual([3]);
  const history = new History(10);
  expect(history.summary("x")).toEqual({ uptime: 1, meanLatency: 0, slowLatency: 0, count: 0 });
  history.add({ service: "x", at: at(0), ok: true, latencyMs: 10 });
  history.add({ service: "x", at: at(1), ok: false, latencyMs: 90 });
  expect(history.summary("x")).toEqual({ uptime: 0.5, meanLatency: 10, slowLatency: 10, count: 2 });
  expect(history.since("x", at(1))).toHaveLength(1);
});

test("incidents", () => {
  expect(["critical", "major", "minor"].map((one) => severityOf(one as "minor"))).toEqual(["outage", "degraded", "notice"]);
  const book = new IncidentBook(() => "id");
  const opened = book.open(web, at(0), "first");
  expect(book.open(web, at(1), "second")).toBe(opened);
  expect(durationOf(opened, at(2))).toBe(120_000);
  expect(book.close("mail", at(3))).toBeNull();
  const closed = book.close("web", at(3));
  expect(closed && durationOf(closed, at(9))).toBe(180_000);
  expect(book.current("web")).toBeUndefined();
  expect(digest(book.all(), at(9))).toEqual({ subject: "1 closed, all is well", lines: ["web lasted 3m"] });
});

test("pages", () => {
  expect(escapeHtml(`<a href="x">&`)).toBe("&lt;a href=&quot;x&quot;&gt;&amp;");
  expect(html`<b>${"<"}</b>`).toBe("<b>&lt;</b>");
  expect(worst(["notice", "degraded"])).toBe("degraded");
  expect(statusOf(undefined)).toBe("operational");
  expect(["notice", "outage", "degraded"].map((one) => headline(one as "notice"))).toEqual([
    "Small troubles", "We have an outage", "Some systems are degraded",
  ]);
  expect([mail, web].toSorted(byImportance)).toEqual([web, mail]);
});

test("probes and settings", async () => {
  const late = Object.assign(new Error("x"), { name: "TimeoutError" });
  expect(await httpProbe(() => Promise.reject(late))(web)).toEqual({ ok: false, detail: "took too long" });
  expect(await httpProbe(async () => ({ status: 400 }))(web)).toEqual({ ok: false, detail: "answered 400" });
  expect(await retryingProbe(async () => ({ ok: false, detail: "no" }), 2)(web)).toEqual({ ok: false, detail: "no" });
  expect(parseSettings("# nothing\n")).toEqual([]);
  expect(parseSettings("A https://a.example major 1m")[0]).toMatchObject({ id: "a", timeoutMs: 60_000 });
});

test("a round", async () => {
  const { incidents, monitor } = station({ web: { ok: false } });
  const samples = await monitor.round();
  expect(samples.map(({ service, ok }) => [service, ok])).toEqual([["mail", true], ["web", false]]);
  expect(incidents.current("web")?.notes).toEqual(["does not answer"]);
  expect(samples[0]?.latencyMs).toBeGreaterThan(0);
});
