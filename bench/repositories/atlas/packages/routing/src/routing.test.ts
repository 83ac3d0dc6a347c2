import { Grid, point } from "@atlas/geometry";
import { type Cover, HeightMap, parseAscii, parseCover } from "@atlas/terrain";
import { describe, expect, test } from "vitest";

import {
	directions,
	elevationProfile,
	findPath,
	Graph,
	itinerary,
	RouteError,
	terrainGraph,
} from ".";
import { cellOf, nameOf } from "./terrain-graph";

const village = new Graph()
	.connectBoth("church", "bridge", 4)
	.connectBoth("bridge", "mill", 7)
	.connectBoth("church", "mill", 20)
	.addNode("island");

describe("a path", () => {
	test("takes the cheaper way around", () => {
		expect(findPath(village, "church", "mill")).toEqual({
			nodes: ["church", "bridge", "mill"],
			cost: 11,
		});
	});

	test("does not exist to an island or to nowhere", () => {
		expect(() => findPath(village, "church", "island")).toThrow(RouteError);
		expect(() => findPath(village, "church", "castle")).toThrow("not on the map");
	});
});

test("an itinerary adds its stages up", () => {
	const tour = itinerary(village, ["mill", "bridge", "church"]);
	expect(tour.summary).toBe("mill – bridge – church, 11 min");
	expect(tour.stages).toHaveLength(2);
	expect(() => itinerary(village, ["mill"])).toThrow("two places");
});

test("a walker goes around the lake", () => {
	const rows = ["...", ".~.", "..."];
	const cover = new Grid<Cover>(3, 3, ({ column, row }) => parseCover(rows[row]?.[column] ?? "."));
	const graph = terrainGraph({ map: HeightMap.flat(3, 3, 0), cover, avoidSteep: true });
	const { nodes } = findPath(graph, "0/1", "2/1");
	expect(nodes).toHaveLength(5);
	expect(graph.has("1/1")).toBe(false);
	expect(nameOf(cellOf("2/1"))).toBe("2/1");
});

test("a profile tells ups from downs", () => {
	const map = parseAscii("10\n0 10 0\n0 10 0\n");
	const { up, down } = elevationProfile(map, [point(0, 0), point(20, 0)], 5);
	expect([up, down]).toEqual([10, 10]);
});

test("directions follow the corners", () => {
	const line = [point(0, 0), point(1, 0), point(2, 0), point(2, 1), point(3, 1), point(2, 1)];
	expect(directions(line)).toEqual(["straight on", "left", "right", "back"]);
});
