export interface Edge {
	readonly to: string;
	readonly cost: number;
}

/** A directed graph whose nodes are named. */
export class Graph {
	readonly #edges: Map<string, Edge[]> = new Map();

	addNode(name: string): this {
		if (!this.#edges.has(name)) this.#edges.set(name, []);
		return this;
	}

	connect(from: string, to: string, cost: number): this {
		if (cost < 0) throw new RangeError("a cost cannot be negative");
		this.addNode(from).addNode(to);
		this.#edges.get(from)?.push({ to, cost });
		return this;
	}

	connectBoth(left: string, right: string, cost: number): this {
		return this.connect(left, right, cost).connect(right, left, cost);
	}

	has(name: string): boolean {
		return this.#edges.has(name);
	}

	edgesOf(name: string): readonly Edge[] {
		return this.#edges.get(name) ?? [];
	}

	get size(): number {
		return this.#edges.size;
	}
}
