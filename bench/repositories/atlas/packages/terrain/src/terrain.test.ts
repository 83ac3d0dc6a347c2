import { describe, expect, test } from "vitest";

import {
	aspect,
	contourSegments,
	HeightMap,
	hillshade,
	isSteep,
	parseAscii,
	slope,
	writeAscii,
} from ".";
import { flowAccumulation, flowDirection } from "./water";

const hill = "10\n0 0 0 0\n0 10 10 0\n0 10 10 0\n0 0 0 0\n";
const ramp = parseAscii("10\n0 10 20\n0 10 20\n0 10 20\n");

describe("heights", () => {
	test("are read and written", () => {
		expect(writeAscii(parseAscii(hill))).toBe(hill);
		expect(() => parseAscii("10\n1 2\n3")).toThrow("same count");
		expect(() => parseAscii("x\n1")).toThrow("bad spacing");
	});

	test("are interpolated between cells", () => {
		expect(ramp.heightAt({ x: 5, y: 5 })).toBeCloseTo(5);
		expect(ramp.heightAt({ x: 20, y: 20 })).toBeCloseTo(20);
		expect(ramp.range).toEqual({ lowest: 0, highest: 20 });
	});
});

describe("slopes", () => {
	const middle = { column: 1, row: 1 };

	test("a ramp of one in one is steep and faces west", () => {
		expect(slope(ramp, middle)).toBeCloseTo(45);
		expect(isSteep(ramp, middle)).toBe(true);
		expect(aspect(ramp, middle)).toBeCloseTo(270);
	});

	test("a plain is not, and gets the light of the sun's height", () => {
		const plain = HeightMap.flat(3, 3, 100);
		expect(isSteep(plain, middle)).toBe(false);
		expect(hillshade(plain).get(middle)).toBeCloseTo(Math.SQRT1_2);
	});
});

test("a contour goes around the hill", () => {
	const segments = contourSegments(parseAscii(hill), 5);
	expect(segments).toHaveLength(8);
	expect(contourSegments(parseAscii(hill), 50)).toEqual([]);
});

test("water runs down", () => {
	expect(flowDirection(ramp, { column: 2, row: 0 })).toEqual({ column: 1, row: 0 });
	expect(flowDirection(ramp, { column: 0, row: 0 })).toBeNull();
	expect(flowAccumulation(ramp).get({ column: 0, row: 1 })).toBe(3);
});
