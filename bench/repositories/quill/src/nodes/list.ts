import type { Visitor } from '../visitors/visitor';
import { Block } from './node';

export class List extends Block {
  readonly type = 'list';
  readonly ordered: boolean;
  readonly items: readonly Block[];

  constructor(items: readonly Block[], ordered = false) {
    super();
    this.items = items;
    this.ordered = ordered;
  }

  override get children(): readonly Block[] {
    return this.items;
  }

  override get isContainer(): boolean {
    return true;
  }

  override accept<Result>(visitor: Visitor<Result>): Result {
    return visitor.visitList(this);
  }

  marker(index: number): string {
    return this.ordered ? `${index + 1}.` : '-';
  }
}
