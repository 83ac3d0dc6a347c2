import { lerp } from "./numbers";
import { distance, type Point, point } from "./point";
import { closestPoint } from "./segment";

export type Polyline = readonly Point[];

export function lengthOf(line: Polyline): number {
	return line.slice(1).reduce((total, to, index) => {
		const from = line[index];
		return from ? total + distance(from, to) : total;
	}, 0);
}

/** The point after walking this far along the line. */
export function pointAt(line: Polyline, walked: number): Point | undefined {
	let left = walked;
	for (const [index, to] of line.slice(1).entries()) {
		const from = line[index] ?? to;
		const step = distance(from, to);
		if (left <= step && step > 0) {
			const share = left / step;
			return point(lerp(from.x, to.x, share), lerp(from.y, to.y, share));
		}
		left -= step;
	}
	return line.at(-1);
}

/** Drops points that lie nearer than the tolerance to the line without them. */
export function simplify(line: Polyline, tolerance: number): Polyline {
	const start = line[0];
	const end = line.at(-1);
	if (!start || !end || line.length < 3) return line;
	let worst = 0;
	let split = 0;
	for (const [index, candidate] of line.entries()) {
		const gap = distance(candidate, closestPoint({ start, end }, candidate));
		if (gap > worst) {
			worst = gap;
			split = index;
		}
	}
	if (worst <= tolerance) return [start, end];
	const head = simplify(line.slice(0, split + 1), tolerance);
	return [...head.slice(0, -1), ...simplify(line.slice(split), tolerance)];
}
