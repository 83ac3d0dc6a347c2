import { clamp } from "./numbers";
import { type Point, point } from "./point";

/** An axis-parallel rectangle; its corners belong to it. */
export class Box {
	readonly low: Point;
	readonly high: Point;

	constructor(low: Point, high: Point) {
		if (low.x > high.x || low.y > high.y) throw new RangeError("a box needs low before high");
		this.low = low;
		this.high = high;
	}

	static around(points: readonly Point[]): Box {
		const xs = points.map(({ x }) => x);
		const ys = points.map(({ y }) => y);
		return new Box(
			point(Math.min(...xs), Math.min(...ys)),
			point(Math.max(...xs), Math.max(...ys)),
		);
	}

	get width(): number {
		return this.high.x - this.low.x;
	}

	get height(): number {
		return this.high.y - this.low.y;
	}

	contains({ x, y }: Point): boolean {
		return x >= this.low.x && x <= this.high.x && y >= this.low.y && y <= this.high.y;
	}

	overlaps(other: Box): boolean {
		const apart =
			other.low.x > this.high.x ||
			other.high.x < this.low.x ||
			other.low.y > this.high.y ||
			other.high.y < this.low.y;
		return !apart;
	}

	nearest({ x, y }: Point): Point {
		return point(clamp(x, this.low.x, this.high.x), clamp(y, this.low.y, this.high.y));
	}
}
