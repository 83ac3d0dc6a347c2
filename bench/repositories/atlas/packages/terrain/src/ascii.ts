import { Grid } from "@atlas/geometry";
import { HeightMap } from "./height-map";

/** Reads heights from lines of numbers, the first line being the spacing. */
export function parseAscii(text: string): HeightMap {
	const [head = "", ...lines] = text.trim().split("\n");
	const spacing = Number(head);
	if (!(spacing > 0)) throw new SyntaxError(`bad spacing ${head}`);
	const rows = lines.map((line) => line.trim().split(/\s+/).map(Number));
	const columns = rows[0]?.length ?? 0;
	if (rows.some((row) => row.length !== columns || row.some(Number.isNaN))) {
		throw new SyntaxError("all rows must hold the same count of numbers");
	}
	const grid = new Grid(columns, rows.length, ({ column, row }) => rows[row]?.[column] ?? 0);
	return new HeightMap(grid, spacing);
}

export function writeAscii(map: HeightMap): string {
	const lines: string[] = [String(map.spacing)];
	for (let row = 0; row < map.grid.rows; row += 1) {
		const heights: number[] = [];
		for (let column = 0; column < map.grid.columns; column += 1) {
			heights.push(map.at({ column, row }));
		}
		lines.push(heights.join(" "));
	}
	return `${lines.join("\n")}\n`;
}
