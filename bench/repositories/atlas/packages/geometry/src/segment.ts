import { clamp } from "./numbers";
import { type Point, translate } from "./point";
import { cross, dot, scale, vector } from "./vector";

export interface Segment {
	readonly start: Point;
	readonly end: Point;
}

/** The point of the segment that is nearest to the target. */
export function closestPoint({ start, end }: Segment, target: Point): Point {
	const direction = vector(start, end);
	const square = dot(direction, direction);
	if (square === 0) return start;
	const share = clamp(dot(vector(start, target), direction) / square, 0, 1);
	return translate(start, scale(direction, share));
}

export function intersection(left: Segment, right: Segment): Point | null {
	const first = vector(left.start, left.end);
	const second = vector(right.start, right.end);
	const denominator = cross(first, second);
	if (denominator === 0) return null;
	const between = vector(left.start, right.start);
	const share = cross(between, second) / denominator;
	const other = cross(between, first) / denominator;
	const meets = share >= 0 && share <= 1 && other >= 0 && other <= 1;
	return meets ? translate(left.start, scale(first, share)) : null;
}
