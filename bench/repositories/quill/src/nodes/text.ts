import type { Visitor } from '../visitors/visitor';
import { Inline } from './node';

export class Text extends Inline {
  readonly type = 'text';
  readonly value: string;

  constructor(value: string) {
    super();
    this.value = value;
  }

  override get plainText(): string {
    return this.value;
  }

  override accept<Result>(visitor: Visitor<Result>): Result {
    return visitor.visitText(this);
  }

  override describe(): string {
    const start = this.value.slice(0, 12);
    return `text "${start}"`;
  }
}
