import { type Cell, lerp, type Point, point, type Segment } from "@atlas/geometry";
import type { HeightMap } from "./height-map";

/** The pieces of the line at this height, one or two for each square that it crosses. */
export function contourSegments(map: HeightMap, height: number): Segment[] {
	const segments: Segment[] = [];
	for (const [cell] of map.grid.cells()) {
		const crossings = crossingsOf(map, cell, height);
		for (let index = 0; index + 1 < crossings.length; index += 2) {
			const [start, end] = crossings.slice(index, index + 2);
			if (start && end) segments.push({ start, end });
		}
	}
	return segments;
}

function crossingsOf(map: HeightMap, { column, row }: Cell, height: number): Point[] {
	const corners: Cell[] = [
		{ column, row },
		{ column: column + 1, row },
		{ column: column + 1, row: row + 1 },
		{ column, row: row + 1 },
	];
	if (!corners.every((corner) => map.grid.has(corner))) return [];
	return corners.flatMap((from, index) => {
		const to = corners[(index + 1) % corners.length] ?? from;
		const [start, end] = [map.at(from), map.at(to)];
		if (start < height === end < height) return [];
		const share = (height - start) / (end - start);
		const x = lerp(from.column, to.column, share) * map.spacing;
		const y = lerp(from.row, to.row, share) * map.spacing;
		return [point(x, y)];
	});
}
