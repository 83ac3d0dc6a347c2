import type { Visitor } from '../visitors/visitor';
import { Block, type Inline } from './node';

export type HeadingLevel = 1 | 2 | 3;

export class Heading extends Block {
  readonly type = 'heading';
  readonly level: HeadingLevel;
  readonly content: readonly Inline[];

  constructor(level: HeadingLevel, content: readonly Inline[]) {
    super();
    this.level = level;
    this.content = content;
  }

  get title(): string {
    return this.content.map((child) => child.plainText).join('');
  }

  get slug(): string {
    const words = this.title.toLowerCase().match(/[a-z0-9]+/g);
    return words?.join('-') ?? 'section';
  }

  override get children(): readonly Inline[] {
    return this.content;
  }

  override accept<Result>(visitor: Visitor<Result>): Result {
    return visitor.visitHeading(this);
  }
}
