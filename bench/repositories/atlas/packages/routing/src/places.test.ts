import { point } from "@atlas/geometry";
import { expect, test } from "vitest";

import { type Place, PlaceIndex } from "./places";
import { formatDuration, walkingTime } from "./time";

const hut: Place = { name: "Upper Hut", kind: "hut", x: 0, y: 100 };
const spring: Place = { name: "Cold Spring", kind: "spring", x: 0, y: 90 };
const index = new PlaceIndex().add(hut).add(spring);

test("places are found by name, whatever the letters' case", () => {
	expect(index.find("UPPER hut")).toBe(hut);
	expect(index.find("Lower Hut")).toBeUndefined();
});

test("places are found by distance and kind", () => {
	expect(index.near(point(0, 0))).toBe(spring);
	expect(index.near(point(0, 0), "hut")).toBe(hut);
	expect(index.near(point(0, 0), "summit")).toBeUndefined();
});

test.each([
	[5000, 0, "1:00 h"],
	[5000, 300, "1:30 h"],
	[1000, -500, "12 min"],
])("%s metres with a climb of %s take %s", (distance, climb, text) => {
	expect(formatDuration(walkingTime(distance, climb))).toBe(text);
});
