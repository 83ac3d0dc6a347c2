import type { Visitor } from '../visitors/visitor';
import { Block, type Inline } from './node';

export class Paragraph extends Block {
  readonly type = 'paragraph';
  readonly content: readonly Inline[];

  constructor(content: readonly Inline[]) {
    super();
    this.content = content;
  }

  override get children(): readonly Inline[] {
    return this.content;
  }

  override accept<Result>(visitor: Visitor<Result>): Result {
    return visitor.visitParagraph(this);
  }
}
