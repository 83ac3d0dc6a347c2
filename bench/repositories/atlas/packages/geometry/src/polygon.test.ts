import { expect, test } from "vitest";

import { point } from "./point";
import { area, centroid, contains, perimeter } from "./polygon";
import { angleOf, magnitude, normalize } from "./vector";

const square = [point(0, 0), point(4, 0), point(4, 4), point(0, 4)];

test("a square has an area, a perimeter and a middle", () => {
	expect(area(square)).toBe(16);
	expect(perimeter(square)).toBe(16);
	expect(centroid(square)).toEqual(point(2, 2));
});

test("inside is inside, outside is outside", () => {
	expect(contains(square, point(1, 3))).toBe(true);
	expect(contains(square, point(5, 3))).toBe(false);
});

test("a normal vector has length one and keeps its direction", () => {
	const slanted = { dx: 3, dy: 4 };
	expect(magnitude(normalize(slanted))).toBeCloseTo(1);
	expect(angleOf(normalize(slanted))).toBeCloseTo(angleOf(slanted));
});
