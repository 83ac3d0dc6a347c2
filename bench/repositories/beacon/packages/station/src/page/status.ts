import type { Incident } from "../incidents/incident.ts";

export type Status = "operational" | "notice" | "degraded" | "outage";

const order: readonly Status[] = ["operational", "notice", "degraded", "outage"];

export function worst(statuses: readonly Status[]): Status {
  return statuses.reduce<Status>(
    (left, right) => (order.indexOf(right) > order.indexOf(left) ? right : left),
    "operational",
  );
}

export function statusOf(incident: Incident | undefined): Status {
  return incident ? incident.severity : "operational";
}

export function headline(status: Status): string {
  switch (status) {
    case "operational":
      return "All systems operational";
    case "notice":
      return "Small troubles";
    case "degraded":
      return "Some systems are degraded";
    case "outage":
      return "We have an outage";
  }
}
