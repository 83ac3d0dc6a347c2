import type { Visitor } from '../visitors/visitor';

/** Everything in a document. */
export abstract class Node {
  abstract readonly type: string;

  get children(): readonly Node[] {
    return [];
  }

  abstract accept<Result>(visitor: Visitor<Result>): Result;

  describe(): string {
    return this.children.length === 0 ? this.type : `${this.type}(${this.children.length})`;
  }

  /** All nodes below this one, parents before their children. */
  *descendants(): Generator<Node> {
    for (const child of this.children) {
      yield child;
      yield* child.descendants();
    }
  }
}

export abstract class Inline extends Node {
  abstract get plainText(): string;
}

export abstract class Block extends Node {
  get isContainer(): boolean {
    return false;
  }
}
