import { nanoid } from "nanoid";

import type { Service } from "../service.ts";
import { type Incident, isOpen, severityOf } from "./incident.ts";

/** At most one open incident for every service. */
export class IncidentBook {
  readonly #incidents: Incident[] = [];
  readonly #createId: () => string;

  constructor(createId: () => string = nanoid) {
    this.#createId = createId;
  }

  open(service: Service, at: Date, note: string): Incident {
    const present = this.current(service.id);
    if (present) return present;
    const incident: Incident = {
      id: this.#createId(),
      service: service.id,
      severity: severityOf(service.importance),
      startedAt: at,
      notes: [note],
    };
    this.#incidents.push(incident);
    return incident;
  }

  close(service: string, at: Date): Incident | null {
    const index = this.#incidents.findIndex(
      (incident) => incident.service === service && isOpen(incident),
    );
    const incident = this.#incidents[index];
    if (!incident) return null;
    const closed = { ...incident, endedAt: at };
    this.#incidents[index] = closed;
    return closed;
  }

  current(service: string): Incident | undefined {
    return this.#incidents.find((incident) => incident.service === service && isOpen(incident));
  }

  all(): readonly Incident[] {
    return this.#incidents;
  }
}
