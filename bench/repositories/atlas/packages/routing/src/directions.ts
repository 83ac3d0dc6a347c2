import { angleOf, type Point, toDegrees, vector } from "@atlas/geometry";

type Turn = "straight on" | "left" | "right" | "back";

/** What to do at every corner of the line. */
export function directions(line: readonly Point[]): Turn[] {
	const turns: Turn[] = [];
	for (let index = 1; index < line.length - 1; index += 1) {
		const [before, here, after] = line.slice(index - 1, index + 2);
		if (!before || !here || !after) continue;
		turns.push(turnOf(bearing(here, after) - bearing(before, here)));
	}
	return turns;
}

function bearing(from: Point, to: Point): number {
	return toDegrees(angleOf(vector(from, to)));
}

function turnOf(change: number): Turn {
	const turn = ((change + 540) % 360) - 180;
	if (Math.abs(turn) < 30) return "straight on";
	if (Math.abs(turn) > 150) return "back";
	return turn > 0 ? "left" : "right";
}
