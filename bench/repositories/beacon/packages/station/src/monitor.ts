import { type Clock, isInMaintenance, type MaintenanceWindow } from "@beacon/schedule";

import type { History } from "./history.ts";
import type { IncidentBook } from "./incidents/incident-book.ts";
import type { Probe } from "./probes/probe.ts";
import type { Sample, Service } from "./service.ts";

export interface MonitorParts {
  readonly services: readonly Service[];
  readonly history: History;
  readonly incidents: IncidentBook;
  readonly clock: Clock;
  readonly probe: Probe;
  readonly windows?: readonly MaintenanceWindow[];
}

export class Monitor {
  readonly #parts: MonitorParts;

  constructor(parts: MonitorParts) {
    this.#parts = parts;
  }

  async round(): Promise<Sample[]> {
    const samples = await Promise.all(this.#parts.services.map((service) => this.check(service)));
    return samples;
  }

  async check(service: Service): Promise<Sample> {
    const { clock, history, probe } = this.#parts;
    const at = clock.now();
    const { ok, detail } = await probe(service);
    const latencyMs = clock.now().getTime() - at.getTime();
    const sample: Sample = {
      service: service.id,
      at,
      ok,
      latencyMs,
      ...(detail === undefined ? {} : { detail }),
    };
    history.add(sample);
    this.#react(service, sample);
    return sample;
  }

  #react(service: Service, { at, ok, detail }: Sample): void {
    const { incidents, windows = [] } = this.#parts;
    if (ok) incidents.close(service.id, at);
    else if (!isInMaintenance(windows, service.id, at)) {
      incidents.open(service, at, detail ?? "does not answer");
    }
  }
}
