import { distance, type Point } from "@atlas/geometry";

export interface Place extends Point {
	readonly name: string;
	readonly kind: "hut" | "summit" | "station" | "spring";
}

export function nearestPlace(places: Iterable<Place>, target: Point): Place | undefined {
	let best: Place | undefined;
	for (const place of places) {
		if (!best || distance(place, target) < distance(best, target)) best = place;
	}
	return best;
}

export class PlaceIndex {
	readonly #byName: Map<string, Place> = new Map();

	add(place: Place): this {
		this.#byName.set(place.name.toLowerCase(), place);
		return this;
	}

	find(name: string): Place | undefined {
		return this.#byName.get(name.toLowerCase());
	}

	ofKind(kind: Place["kind"]): Place[] {
		return [...this.#byName.values()].filter((place) => place.kind === kind);
	}

	near(target: Point, kind?: Place["kind"]): Place | undefined {
		return nearestPlace(kind ? this.ofKind(kind) : this.#byName.values(), target);
	}
}
