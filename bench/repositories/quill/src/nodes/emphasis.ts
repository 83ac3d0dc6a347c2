import type { Visitor } from '../visitors/visitor';
import { Inline } from './node';

export class Emphasis extends Inline {
  readonly type = 'emphasis';
  readonly strong: boolean;
  readonly content: readonly Inline[];

  constructor(content: readonly Inline[], strong = false) {
    super();
    this.content = content;
    this.strong = strong;
  }

  override get children(): readonly Inline[] {
    return this.content;
  }

  override get plainText(): string {
    return this.content.map((child) => child.plainText).join('');
  }

  override accept<Result>(visitor: Visitor<Result>): Result {
    return visitor.visitEmphasis(this);
  }
}
