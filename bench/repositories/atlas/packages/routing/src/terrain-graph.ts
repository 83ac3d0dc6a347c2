import type { Cell, Grid } from "@atlas/geometry";
import { type Cover, costFactor, type HeightMap, isSteep } from "@atlas/terrain";
import { Graph } from "./graph";
import { walkingTime } from "./time";

export interface TerrainOptions {
	readonly map: HeightMap;
	readonly cover: Grid<Cover>;
	readonly avoidSteep: boolean;
}

/** A node for every cell that a walker may enter, edges in minutes. */
export function terrainGraph({ map, cover, avoidSteep }: TerrainOptions): Graph {
	const graph = new Graph();
	for (const [cell] of map.grid.cells()) {
		if (!isOpen(cell)) continue;
		graph.addNode(nameOf(cell));
		for (const neighbour of map.grid.neighbours(cell)) {
			if (isOpen(neighbour)) graph.connect(nameOf(cell), nameOf(neighbour), cost(cell, neighbour));
		}
	}
	return graph;

	function isOpen(cell: Cell): boolean {
		const passable = Number.isFinite(costFactor(cover.get(cell) ?? "water"));
		return passable && !(avoidSteep && isSteep(map, cell));
	}

	function cost(from: Cell, to: Cell): number {
		const climb = map.at(to) - map.at(from);
		return walkingTime(map.spacing, climb) * costFactor(cover.get(to) ?? "path");
	}
}

export function nameOf({ column, row }: Cell): string {
	return `${column}/${row}`;
}

export function cellOf(name: string): Cell {
	const [column = 0, row = 0] = name.split("/").map(Number);
	return { column, row };
}
