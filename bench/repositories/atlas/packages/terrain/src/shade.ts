import { clamp, type Grid, toRadians } from "@atlas/geometry";
import type { HeightMap } from "./height-map";
import { aspect, slope } from "./slope";

export interface Sun {
	readonly azimuth: number;
	readonly altitude: number;
}

const afternoon: Sun = { azimuth: 315, altitude: 45 };

/** Light between 0 and 1 for every cell, as on a printed map. */
export function hillshade(map: HeightMap, sun: Sun = afternoon): Grid<number> {
	const zenith = toRadians(90 - sun.altitude);
	return map.grid.map((_, cell) => {
		const steepness = toRadians(slope(map, cell));
		const turn = toRadians(sun.azimuth - aspect(map, cell));
		const light =
			Math.cos(zenith) * Math.cos(steepness) +
			Math.sin(zenith) * Math.sin(steepness) * Math.cos(turn);
		return clamp(light, 0, 1);
	});
}
