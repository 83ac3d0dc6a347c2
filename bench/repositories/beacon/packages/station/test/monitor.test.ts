import { expect, test } from "vitest";

import { digest } from "../src/notify/digest.ts";
import { isOpen } from "../src/incidents/incident.ts";
import { station } from "./fixtures.ts";

test("a failing service opens one incident, and its recovery closes it", async () => {
  const { answers, incidents, monitor } = station({ web: { ok: false, detail: "answered 500" } });
  await monitor.round();
  await monitor.round();
  expect(incidents.all()).toHaveLength(1);
  expect(incidents.current("web")).toMatchObject({ severity: "outage", notes: ["answered 500"] });
  answers["web"] = { ok: true };
  await monitor.round();
  expect(incidents.all().map((incident) => isOpen(incident))).toEqual([false]);
});

test("history forgets what is old", async () => {
  const { history, monitor } = station({});
  for (let round = 0; round < 5; round += 1) await monitor.round();
  expect(history.of("web")).toHaveLength(3);
  expect(history.summary("web")).toMatchObject({ uptime: 1, count: 3 });
  expect(history.since("web", new Date("2030-01-01"))).toEqual([]);
});

test("a digest counts what is open", async () => {
  const { clock, incidents, monitor } = station({ mail: { ok: false } });
  await monitor.round();
  clock.advance(3_600_000);
  const { subject, lines } = digest(incidents.all(), clock.now());
  expect(subject).toBe("1 open, 0 closed");
  expect(lines).toEqual(["mail open for 1h"]);
  expect(digest([], clock.now()).subject).toBe("A quiet day");
});
