import { expect, test } from "vitest";

import { costFactor, describeCover, parseCover } from "./cover";
import { legend } from "./legend";

test("letters stand for covers", () => {
	expect([..."m~."].map(parseCover)).toEqual(["meadow", "water", "path"]);
	expect(() => parseCover("?")).toThrow("unknown cover ?");
});

test("nobody walks on water", () => {
	expect(costFactor("water")).toBe(Number.POSITIVE_INFINITY);
	expect(costFactor("forest")).toBe(1.6);
	expect(describeCover("snow")).toBe("snow, take care");
});

test("a legend has what the map has, in its order", () => {
	expect(legend(new Set(["water", "path", "snow"]))).toMatchSnapshot();
});
