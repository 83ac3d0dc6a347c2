import type { Importance } from "../service.ts";

export type Severity = "outage" | "degraded" | "notice";

export interface Incident {
  readonly id: string;
  readonly service: string;
  readonly severity: Severity;
  readonly startedAt: Date;
  readonly endedAt?: Date;
  readonly notes: readonly string[];
}

export function severityOf(importance: Importance): Severity {
  switch (importance) {
    case "critical":
      return "outage";
    case "major":
      return "degraded";
    case "minor":
      return "notice";
  }
}

export function durationOf({ startedAt, endedAt }: Incident, now: Date): number {
  return (endedAt ?? now).getTime() - startedAt.getTime();
}

export function isOpen(incident: Incident): boolean {
  return incident.endedAt === undefined;
}
