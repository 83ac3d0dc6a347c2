import TinyQueue from "tinyqueue";
import { RouteError } from "./errors";
import type { Graph } from "./graph";

export interface Path {
	readonly nodes: readonly string[];
	readonly cost: number;
}

interface Candidate {
	readonly node: string;
	readonly cost: number;
	readonly estimate: number;
}

/** A* with a heuristic that never overestimates; without one it is Dijkstra's search. */
export function findPath(
	graph: Graph,
	start: string,
	goal: string,
	heuristic: (node: string) => number = () => 0,
): Path {
	if (!graph.has(start) || !graph.has(goal)) throw new RouteError("unknown-place");
	const open = new TinyQueue<Candidate>(
		[{ node: start, cost: 0, estimate: heuristic(start) }],
		(left, right) => left.estimate - right.estimate,
	);
	const best = new Map<string, number>([[start, 0]]);
	const cameFrom = new Map<string, string>();
	for (let current = open.pop(); current; current = open.pop()) {
		if (current.node === goal) return { nodes: trace(cameFrom, goal), cost: current.cost };
		if (current.cost > (best.get(current.node) ?? Number.POSITIVE_INFINITY)) continue;
		for (const { to, cost } of graph.edgesOf(current.node)) {
			const total = current.cost + cost;
			if (total >= (best.get(to) ?? Number.POSITIVE_INFINITY)) continue;
			best.set(to, total);
			cameFrom.set(to, current.node);
			open.push({ node: to, cost: total, estimate: total + heuristic(to) });
		}
	}
	throw new RouteError("no-way");
}

function trace(cameFrom: ReadonlyMap<string, string>, goal: string): string[] {
	const nodes: string[] = [];
	for (let node: string | undefined = goal; node !== undefined; node = cameFrom.get(node)) {
		nodes.unshift(node);
	}
	return nodes;
}
