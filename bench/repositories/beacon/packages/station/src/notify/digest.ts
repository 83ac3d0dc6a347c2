import { formatDuration } from "@beacon/schedule";

import { durationOf, type Incident, isOpen } from "../incidents/incident.ts";

export interface Digest {
  readonly subject: string;
  readonly lines: readonly string[];
}

export function digest(incidents: readonly Incident[], now: Date): Digest {
  const open = incidents.filter((incident) => isOpen(incident));
  const closed = incidents.filter((incident) => !isOpen(incident));
  const lines = [...open, ...closed].map((incident) => {
    const state = isOpen(incident) ? "open for" : "lasted";
    return `${incident.service} ${state} ${formatDuration(durationOf(incident, now))}`;
  });
  return { subject: subjectFor(open.length, closed.length), lines };
}

function subjectFor(open: number, closed: number): string {
  if (open > 0) return `${open} open, ${closed} closed`;
  return closed > 0 ? `${closed} closed, all is well` : "A quiet day";
}
