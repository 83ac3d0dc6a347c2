import { type Cell, toDegrees, type Vector } from "@atlas/geometry";
import type { HeightMap } from "./height-map";

const steepFrom = 30; // degrees, where avalanches begin

/** The steepness at a cell in degrees. */
export function slope(map: HeightMap, cell: Cell): number {
	const { dx, dy } = gradient(map, cell);
	return toDegrees(Math.atan(Math.hypot(dx, dy)));
}

/** The compass direction that the cell faces, in degrees from north. */
export function aspect(map: HeightMap, cell: Cell): number {
	const { dx, dy } = gradient(map, cell);
	return (toDegrees(Math.atan2(-dx, dy)) + 360) % 360;
}

export function isSteep(map: HeightMap, cell: Cell): boolean {
	return slope(map, cell) >= steepFrom;
}

function gradient(map: HeightMap, { column, row }: Cell): Vector {
	const here = map.at({ column, row });
	const height = (other: Cell) => map.grid.get(other) ?? here;
	const run = 2 * map.spacing;
	return {
		dx: (height({ column: column + 1, row }) - height({ column: column - 1, row })) / run,
		dy: (height({ column, row: row + 1 }) - height({ column, row: row - 1 })) / run,
	};
}
