import { distance, type Point, point } from "./point";

export type Polygon = readonly Point[];

export function area(polygon: Polygon): number {
	return Math.abs(signedArea(polygon));
}

export function perimeter(polygon: Polygon): number {
	let total = 0;
	for (const [left, right] of edges(polygon)) total += distance(left, right);
	return total;
}

export function centroid(polygon: Polygon): Point {
	const size = signedArea(polygon);
	let x = 0;
	let y = 0;
	for (const [left, right] of edges(polygon)) {
		const weight = left.x * right.y - right.x * left.y;
		x += (left.x + right.x) * weight;
		y += (left.y + right.y) * weight;
	}
	return point(x / (6 * size), y / (6 * size));
}

/** Counts the edges that a ray to the right crosses. */
export function contains(polygon: Polygon, { x, y }: Point): boolean {
	let inside = false;
	for (const [left, right] of edges(polygon)) {
		const crosses = left.y > y !== right.y > y;
		if (crosses && x < ((right.x - left.x) * (y - left.y)) / (right.y - left.y) + left.x) {
			inside = !inside;
		}
	}
	return inside;
}

function signedArea(polygon: Polygon): number {
	let total = 0;
	for (const [left, right] of edges(polygon)) total += left.x * right.y - right.x * left.y;
	return total / 2;
}

function edges(polygon: Polygon): [Point, Point][] {
	return polygon.flatMap((start, index) => {
		const end = polygon[(index + 1) % polygon.length];
		return end ? [[start, end] as [Point, Point]] : [];
	});
}
