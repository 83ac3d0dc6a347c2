import {
	angleOf, area, Box, centroid, clamp, closeTo, contains, cross, distance, dot, Grid, lengthOf, lerp, midpoint,
	perimeter, point, pointAt, samePoint, scale, simplify, toDegrees, toRadians, vector,
} from "@atlas/geometry";
import { aspect, contourSegments, costFactor, describeCover, flowAccumulation, HeightMap, hillshade, legend, parseAscii, slope } from "@atlas/terrain";
import { expect, test } from "vitest";

import { directions, elevationProfile, findPath, formatDuration, Graph, itinerary, nearestPlace, terrainGraph, walkingTime } from ".";

test("numbers, points and vectors", () => {
	expect([clamp(5, 0, 3), clamp(-5, 0, 3), lerp(2, 4, 0.25)]).toEqual([3, 0, 2.5]);
	expect([closeTo(1, 1.1), closeTo(1, 1.1, 0.2)]).toEqual([false, true]);
	expect(toDegrees(toRadians(30))).toBeCloseTo(30);
	expect(midpoint(point(0, 0), point(2, 4))).toEqual(point(1, 2));
	expect(samePoint(point(0, 1), point(0, 2))).toBe(false);
	expect(dot({ dx: 1, dy: 2 }, { dx: 3, dy: 4 })).toBe(11);
	expect(cross({ dx: 1, dy: 2 }, { dx: 3, dy: 4 })).toBe(-2);
	expect(scale(vector(point(1, 1), point(2, 3)), 2)).toEqual({ dx: 2, dy: 4 });
	expect(angleOf({ dx: 0, dy: 1 })).toBeCloseTo(Math.PI / 2);
	expect(distance(point(0, 0), point(3, 4))).toBe(5);
});

test("shapes", () => {
	const triangle = [point(0, 0), point(6, 0), point(0, 3)];
	expect(area(triangle)).toBe(9);
	expect(perimeter(triangle)).toBeCloseTo(9 + Math.sqrt(45));
	expect(centroid(triangle)).toEqual(point(2, 1));
	expect([contains(triangle, point(1, 1)), contains(triangle, point(5, 2))]).toEqual([true, false]);
	expect(new Box(point(0, 0), point(1, 2)).contains(point(1, 2))).toBe(true);
	expect(() => new Box(point(1, 0), point(0, 0))).toThrow(RangeError);
	expect(lengthOf([point(0, 0), point(0, 2), point(2, 2)])).toBe(4);
	expect(pointAt([point(0, 0), point(0, 2)], 9)).toEqual(point(0, 2));
	expect(simplify([point(0, 0), point(1, 1), point(2, 0)], 0.5)).toHaveLength(3);
	const grid = new Grid(2, 2, () => 0);
	grid.set({ column: 1, row: 0 }, 5);
	expect([grid.get({ column: 1, row: 0 }), grid.get({ column: 2, row: 0 })]).toEqual([5, undefined]);
	expect(() => grid.set({ column: 9, row: 9 }, 1)).toThrow("outside");
});

test("terrain", () => {
	const ramp = parseAscii("5\n0 0 0\n5 5 5\n10 10 10\n");
	const middle = { column: 1, row: 1 };
	expect(slope(ramp, middle)).toBeCloseTo(45);
	expect(aspect(ramp, middle)).toBeCloseTo(0);
	expect(hillshade(ramp, { azimuth: 0, altitude: 45 }).get(middle)).toBeCloseTo(1);
	expect(hillshade(ramp, { azimuth: 180, altitude: 45 }).get(middle)).toBeCloseTo(0);
	expect(contourSegments(ramp, 2.5)).toHaveLength(2);
	expect(contourSegments(ramp, 2.5)[0]?.start.y).toBeCloseTo(2.5);
	expect(flowAccumulation(ramp).get({ column: 0, row: 0 })).toBe(3);
	expect(() => ramp.at({ column: 9, row: 0 })).toThrow("no height at 9,0");
	expect(["path", "meadow", "rock", "snow"].map((cover) => costFactor(cover as "path"))).toEqual([1, 1.2, 2.5, 3]);
	expect(["path", "water", "rock", "forest"].map((cover) => describeCover(cover as "path"))).toEqual([
		"a marked path", "water, no way through", "rock, take care", "forest",
	]);
	expect(legend(new Set(["meadow"] as const))).toEqual([{ cover: "meadow", text: "meadow", passable: true }]);
});

test("routes", () => {
	const graph = new Graph().connect("a", "b", 1).connect("b", "c", 1).connect("a", "c", 3);
	expect(findPath(graph, "a", "c")).toEqual({ nodes: ["a", "b", "c"], cost: 2 });
	expect(() => findPath(graph, "c", "a")).toThrow("no way");
	expect(() => graph.connect("a", "b", -1)).toThrow(RangeError);
	expect(graph.size).toBe(3);
	expect(itinerary(graph, ["a", "b", "c"])).toMatchObject({ minutes: 2, summary: "a – b – c, 2 min" });
	expect(walkingTime(1000, 100)).toBeCloseTo(22);
	expect([formatDuration(59.6), formatDuration(61), formatDuration(5)]).toEqual(["1:00 h", "1:01 h", "5 min"]);
	const steep = parseAscii("1\n0 5\n0 5\n");
	const cover = new Grid(2, 2, () => "meadow" as const);
	expect(terrainGraph({ map: steep, cover, avoidSteep: true }).size).toBe(0);
	expect(terrainGraph({ map: steep, cover, avoidSteep: false }).edgesOf("0/0")[0]?.cost).toBeCloseTo(1.2 * walkingTime(1, 5));
	expect(elevationProfile(HeightMap.flat(2, 2, 7), [point(0, 0), point(5, 0)], 3)).toEqual({ heights: [7, 7, 7], up: 0, down: 0 });
	expect(directions([point(0, 0), point(0, 1), point(1, 1)])).toEqual(["right"]);
	expect(nearestPlace([], point(0, 0))).toBeUndefined();
});
