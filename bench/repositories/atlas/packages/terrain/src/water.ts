import { type Cell, Grid } from "@atlas/geometry";
import type { HeightMap } from "./height-map";

/** Where rain on this cell runs to: the lowest neighbour, or nowhere. */
export function flowDirection(map: HeightMap, cell: Cell): Cell | null {
	let lowest: Cell | null = null;
	let height = map.at(cell);
	for (const neighbour of map.grid.neighbours(cell)) {
		if (map.at(neighbour) < height) {
			height = map.at(neighbour);
			lowest = neighbour;
		}
	}
	return lowest;
}

/** How many cells drain through each cell, itself included. */
export function flowAccumulation(map: HeightMap): Grid<number> {
	const flow = new Grid(map.grid.columns, map.grid.rows, () => 1);
	const downhill = [...map.grid.cells()].toSorted(([, left], [, right]) => right - left);
	for (const [cell] of downhill) {
		const target = flowDirection(map, cell);
		if (target) flow.set(target, (flow.get(target) ?? 0) + (flow.get(cell) ?? 0));
	}
	return flow;
}
