export type Cover = "path" | "meadow" | "forest" | "rock" | "water" | "snow";

const letters: Readonly<Record<string, Cover>> = {
	".": "path",
	m: "meadow",
	f: "forest",
	r: "rock",
	"~": "water",
	s: "snow",
};

export function parseCover(letter: string): Cover {
	const cover = letters[letter];
	if (!cover) throw new SyntaxError(`unknown cover ${letter}`);
	return cover;
}

/** How much slower a walker is here than on a path. */
export function costFactor(cover: Cover): number {
	switch (cover) {
		case "path":
			return 1;
		case "meadow":
			return 1.2;
		case "forest":
			return 1.6;
		case "rock":
			return 2.5;
		case "snow":
			return 3;
		case "water":
			return Number.POSITIVE_INFINITY;
	}
}

export function describeCover(cover: Cover): string {
	switch (cover) {
		case "path":
			return "a marked path";
		case "water":
			return "water, no way through";
		case "rock":
		case "snow":
			return `${cover}, take care`;
		case "meadow":
		case "forest":
			return cover;
	}
}
