import { describe, expect, test } from "vitest";

import { Box, closestPoint, distance, Grid, intersection, point, translate, vector } from ".";
import { lengthOf, pointAt, simplify } from "./polyline";

describe("segments", () => {
	const level = { start: point(0, 0), end: point(10, 0) };

	test("the closest point is never outside the segment", () => {
		expect(closestPoint(level, point(4, 3))).toEqual(point(4, 0));
		expect(closestPoint(level, point(14, 3))).toEqual(point(10, 0));
	});

	test("crossing segments meet in a point, parallel ones nowhere", () => {
		expect(intersection(level, { start: point(5, -5), end: point(5, 5) })).toEqual(point(5, 0));
		expect(intersection(level, { start: point(0, 1), end: point(10, 1) })).toBeNull();
	});
});

test("a vector moves a point onto the other", () => {
	const [from, to] = [point(1, 2), point(4, 6)];
	expect(translate(from, vector(from, to))).toEqual(to);
	expect(distance(from, to)).toBe(5);
});

test("boxes overlap when they share a corner", () => {
	const box = Box.around([point(0, 0), point(2, 1)]);
	expect(box.overlaps(new Box(point(2, 1), point(3, 3)))).toBe(true);
	expect(box.overlaps(new Box(point(2.1, 1), point(3, 3)))).toBe(false);
	expect(box.nearest(point(9, 0.5))).toEqual(point(2, 0.5));
	expect([box.width, box.height]).toEqual([2, 1]);
});

test("a polyline is walked and simplified", () => {
	const line = [point(0, 0), point(5, 0.01), point(10, 0), point(10, 10)];
	expect(lengthOf(line.slice(2))).toBe(10);
	expect(pointAt(line.slice(2), 4)).toEqual(point(10, 4));
	expect(simplify(line, 0.1)).toEqual([point(0, 0), point(10, 0), point(10, 10)]);
});

test("a corner cell has two neighbours", () => {
	const grid = new Grid(3, 2, ({ column, row }) => column + row);
	expect(grid.neighbours({ column: 0, row: 0 })).toEqual([
		{ column: 1, row: 0 },
		{ column: 0, row: 1 },
	]);
	expect(grid.map((value) => value * 2).get({ column: 2, row: 1 })).toBe(6);
	expect([...grid.cells()]).toHaveLength(6);
});
