import { lengthOf, type Polyline, pointAt } from "@atlas/geometry";
import type { HeightMap } from "@atlas/terrain";

export interface Profile {
	readonly heights: readonly number[];
	readonly up: number;
	readonly down: number;
}

/** Heights along the line, sampled at equal distances. */
export function elevationProfile(map: HeightMap, line: Polyline, samples: number): Profile {
	const length = lengthOf(line);
	const heights: number[] = [];
	for (let index = 0; index < samples; index += 1) {
		const position = pointAt(line, (length * index) / (samples - 1));
		if (position) heights.push(map.heightAt(position));
	}
	let up = 0;
	let down = 0;
	for (const [index, height] of heights.slice(1).entries()) {
		const change = height - (heights[index] ?? height);
		if (change > 0) up += change;
		else down -= change;
	}
	return { heights, up, down };
}
