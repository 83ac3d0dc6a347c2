import type { Visitor } from '../visitors/visitor';
import { Inline } from './node';

export class Link extends Inline {
  readonly type = 'link';
  readonly target: string;
  readonly content: readonly Inline[];

  constructor(target: string, content: readonly Inline[]) {
    super();
    this.target = target;
    this.content = content;
  }

  get isExternal(): boolean {
    return /^[a-z]+:/.test(this.target);
  }

  override get children(): readonly Inline[] {
    return this.content;
  }

  override get plainText(): string {
    return this.content.map((child) => child.plainText).join('');
  }

  override accept<Result>(visitor: Visitor<Result>): Result {
    return visitor.visitLink(this);
  }
}
