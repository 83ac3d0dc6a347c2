import type { Visitor } from '../visitors/visitor';
import { Block } from './node';

export class Code extends Block {
  readonly type = 'code';
  readonly language: string | undefined;
  readonly source: string;

  constructor(source: string, language?: string) {
    super();
    this.source = source;
    this.language = language;
  }

  get lineCount(): number {
    return this.source.split('\n').length;
  }

  override accept<Result>(visitor: Visitor<Result>): Result {
    return visitor.visitCode(this);
  }
}
