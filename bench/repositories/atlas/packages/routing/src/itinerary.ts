import { RouteError } from "./errors";
import type { Graph } from "./graph";
import { findPath, type Path } from "./search";
import { formatDuration } from "./time";

export interface Stage {
	readonly from: string;
	readonly to: string;
	readonly path: Path;
}

export interface Itinerary {
	readonly stages: readonly Stage[];
	readonly minutes: number;
	readonly summary: string;
}

export function itinerary(graph: Graph, places: readonly string[]): Itinerary {
	if (places.length < 2) throw new RouteError("empty-route");
	const stages: Stage[] = [];
	for (const [index, to] of places.slice(1).entries()) {
		const from = places[index] ?? to;
		stages.push({ from, to, path: findPath(graph, from, to) });
	}
	const minutes = stages.reduce((total, { path }) => total + path.cost, 0);
	return { stages, minutes, summary: summarize(stages, minutes) };
}

function summarize(stages: readonly Stage[], minutes: number): string {
	const names = stages.map(({ to }) => to);
	const first = stages[0]?.from ?? "";
	return `${[first, ...names].join(" – ")}, ${formatDuration(minutes)}`;
}
