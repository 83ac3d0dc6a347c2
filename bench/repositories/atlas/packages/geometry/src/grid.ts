export interface Cell {
	readonly column: number;
	readonly row: number;
}

/** A rectangle of values, row by row. */
export class Grid<Value> {
	readonly columns: number;
	readonly rows: number;
	readonly #values: Value[];

	constructor(columns: number, rows: number, fill: (cell: Cell) => Value) {
		this.columns = columns;
		this.rows = rows;
		this.#values = Array.from({ length: columns * rows }, (_, index) =>
			fill({ column: index % columns, row: Math.floor(index / columns) }),
		);
	}

	has({ column, row }: Cell): boolean {
		return column >= 0 && row >= 0 && column < this.columns && row < this.rows;
	}

	get(cell: Cell): Value | undefined {
		return this.has(cell) ? this.#values[cell.row * this.columns + cell.column] : undefined;
	}

	set(cell: Cell, value: Value): void {
		if (!this.has(cell)) throw new RangeError("the cell is outside");
		this.#values[cell.row * this.columns + cell.column] = value;
	}

	map<Other>(change: (value: Value, cell: Cell) => Other): Grid<Other> {
		return new Grid(this.columns, this.rows, (cell) => change(this.get(cell) as Value, cell));
	}

	neighbours({ column, row }: Cell): Cell[] {
		const around: Cell[] = [];
		for (const [dx, dy] of [
			[0, -1],
			[1, 0],
			[0, 1],
			[-1, 0],
		] as const) {
			around.push({ column: column + dx, row: row + dy });
		}
		return around.filter((cell) => this.has(cell));
	}

	*cells(): Generator<[Cell, Value]> {
		for (const [index, value] of this.#values.entries()) {
			yield [{ column: index % this.columns, row: Math.floor(index / this.columns) }, value];
		}
	}
}
