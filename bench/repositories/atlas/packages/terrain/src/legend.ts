import { type Cover, costFactor, describeCover } from "./cover";

export interface LegendEntry {
	readonly cover: Cover;
	readonly text: string;
	readonly passable: boolean;
}

const order: readonly Cover[] = ["path", "meadow", "forest", "rock", "snow", "water"];

export function legend(used: ReadonlySet<Cover>): LegendEntry[] {
	const present = order.filter((cover) => used.has(cover));
	return present.map((cover) => ({
		cover,
		text: describeCover(cover),
		passable: Number.isFinite(costFactor(cover)),
	}));
}
