import { closeTo } from "./numbers";
import type { Vector } from "./vector";

export interface Point {
	readonly x: number;
	readonly y: number;
}

export function point(x: number, y: number): Point {
	return { x, y };
}

export function distance(left: Point, right: Point): number {
	return Math.hypot(left.x - right.x, left.y - right.y);
}

export function midpoint(left: Point, right: Point): Point {
	return point((left.x + right.x) / 2, (left.y + right.y) / 2);
}

export function translate({ x, y }: Point, { dx, dy }: Vector): Point {
	return point(x + dx, y + dy);
}

export function samePoint(left: Point, right: Point): boolean {
	return closeTo(left.x, right.x) && closeTo(left.y, right.y);
}
