export type RouteProblem = "unknown-place" | "no-way" | "empty-route";

const sentences: Record<RouteProblem, string> = {
	"unknown-place": "one of the places is not on the map",
	"no-way": "there is no way between the places",
	"empty-route": "a route needs two places",
};

export class RouteError extends Error {
	override readonly name: string = "RouteError";
	readonly problem: RouteProblem;

	constructor(problem: RouteProblem) {
		super(sentences[problem]);
		this.problem = problem;
	}
}
