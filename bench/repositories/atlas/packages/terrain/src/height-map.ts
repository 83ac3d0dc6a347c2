import { type Cell, Grid, lerp, type Point } from "@atlas/geometry";

/** Heights in metres on a regular grid whose cells are `spacing` metres apart. */
export class HeightMap {
	readonly grid: Grid<number>;
	readonly spacing: number;

	constructor(grid: Grid<number>, spacing: number) {
		this.grid = grid;
		this.spacing = spacing;
	}

	static flat(columns: number, rows: number, height: number): HeightMap {
		return new HeightMap(new Grid(columns, rows, () => height), 10);
	}

	at(cell: Cell): number {
		const height = this.grid.get(cell);
		if (height === undefined) throw new RangeError(`no height at ${cell.column},${cell.row}`);
		return height;
	}

	/** Bilinear interpolation between the four cells around the point. */
	heightAt({ x, y }: Point): number {
		const column = Math.min(Math.floor(x / this.spacing), this.grid.columns - 2);
		const row = Math.min(Math.floor(y / this.spacing), this.grid.rows - 2);
		const [shareX, shareY] = [x / this.spacing - column, y / this.spacing - row];
		const top = lerp(this.at({ column, row }), this.at({ column: column + 1, row }), shareX);
		const below = { column, row: row + 1 };
		const bottom = lerp(this.at(below), this.at({ column: column + 1, row: row + 1 }), shareX);
		return lerp(top, bottom, shareY);
	}

	get range(): { lowest: number; highest: number } {
		let lowest = Number.POSITIVE_INFINITY;
		let highest = Number.NEGATIVE_INFINITY;
		for (const [, height] of this.grid.cells()) {
			lowest = Math.min(lowest, height);
			highest = Math.max(highest, height);
		}
		return { lowest, highest };
	}
}
