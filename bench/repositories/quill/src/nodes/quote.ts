import type { Visitor } from '../visitors/visitor';
import { Block } from './node';

export class Quote extends Block {
  readonly type = 'quote';
  readonly blocks: readonly Block[];
  readonly author: string | undefined;

  constructor(blocks: readonly Block[], author?: string) {
    super();
    this.blocks = blocks;
    this.author = author;
  }

  override get children(): readonly Block[] {
    return this.blocks;
  }

  override get isContainer(): boolean {
    return true;
  }

  override accept<Result>(visitor: Visitor<Result>): Result {
    return visitor.visitQuote(this);
  }
}
