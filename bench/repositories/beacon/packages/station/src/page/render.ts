import { formatDuration } from "@beacon/schedule";

import type { History } from "../history.ts";
import { durationOf } from "../incidents/incident.ts";
import type { IncidentBook } from "../incidents/incident-book.ts";
import { byImportance, type Service } from "../service.ts";
import { html } from "./escape.ts";
import { headline, statusOf, worst } from "./status.ts";

export interface PageFacts {
  readonly services: readonly Service[];
  readonly history: History;
  readonly incidents: IncidentBook;
  readonly now: Date;
}

export function renderPage({ services, history, incidents, now }: PageFacts): string {
  const sorted = services.toSorted(byImportance);
  const statuses = sorted.map(({ id }) => statusOf(incidents.current(id)));
  const rows = sorted.map((service, index) => {
    const { uptime } = history.summary(service.id);
    const percent = (uptime * 100).toFixed(2);
    return html` <li class="${statuses[index] ?? "operational"}">${service.name} ${percent} %</li>`;
  });
  const past = incidents.all().map((incident) => {
    const lasted = formatDuration(durationOf(incident, now));
    return html` <li>${incident.service}: ${incident.notes.join(", ")} (${lasted})</li>`;
  });
  return [
    html`<h1>${headline(worst(statuses))}</h1>`,
    "<ul>",
    ...rows,
    "</ul>",
    "<ol>",
    ...past,
    "</ol>",
  ].join("\n");
}
