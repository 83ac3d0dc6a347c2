import type { Point } from "./point";

export interface Vector {
	readonly dx: number;
	readonly dy: number;
}

export function vector(from: Point, to: Point): Vector {
	return { dx: to.x - from.x, dy: to.y - from.y };
}

export function magnitude({ dx, dy }: Vector): number {
	return Math.hypot(dx, dy);
}

export function scale({ dx, dy }: Vector, factor: number): Vector {
	return { dx: dx * factor, dy: dy * factor };
}

export function normalize(value: Vector): Vector {
	const length = magnitude(value);
	return length === 0 ? value : scale(value, 1 / length);
}

export function dot(left: Vector, right: Vector): number {
	return left.dx * right.dx + left.dy * right.dy;
}

export function cross(left: Vector, right: Vector): number {
	return left.dx * right.dy - left.dy * right.dx;
}

export function angleOf({ dx, dy }: Vector): number {
	return Math.atan2(dy, dx);
}
