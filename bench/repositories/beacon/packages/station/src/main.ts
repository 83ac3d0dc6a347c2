import { systemClock } from "@beacon/schedule";

import { httpProbe } from "./probes/http-probe.ts";
import { History } from "./history.ts";
import { IncidentBook } from "./incidents/incident-book.ts";
import { Monitor } from "./monitor.ts";
import type { Service } from "./service.ts";

export function createStation(services: readonly Service[]): Monitor {
  const history = new History(500);
  const incidents = new IncidentBook();
  return new Monitor({ services, history, incidents, clock: systemClock, probe: httpProbe(fetch) });
}
