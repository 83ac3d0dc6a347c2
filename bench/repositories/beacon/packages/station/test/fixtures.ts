import { fixedClock } from "@beacon/schedule";

import { History } from "../src/history.ts";
import { IncidentBook } from "../src/incidents/incident-book.ts";
import { Monitor } from "../src/monitor.ts";
import type { ProbeResult } from "../src/probes/probe.ts";
import type { Service } from "../src/service.ts";

export const web: Service = {
  id: "web",
  name: "Web",
  url: "https://web.example",
  importance: "critical",
};

export const mail: Service = {
  id: "mail",
  name: "Mail <in>",
  url: "https://mail.example",
  importance: "minor",
};

export function station(answers: Record<string, ProbeResult>) {
  const clock = fixedClock("2026-11-21T12:00:00Z");
  const history = new History(3);
  let count = 0;
  const incidents = new IncidentBook(() => `incident-${(count += 1)}`);
  const monitor = new Monitor({
    services: [mail, web],
    history,
    incidents,
    clock,
    probe: async ({ id }) => {
      clock.advance(20);
      return answers[id] ?? { ok: true };
    },
  });
  return { answers, clock, history, incidents, monitor };
}
