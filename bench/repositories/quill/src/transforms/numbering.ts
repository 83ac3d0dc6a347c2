import { Heading, Text, type Block, type HeadingLevel } from '../nodes';
import type { Document } from '../document';
import { BlockTransform } from './block-transform';

/** Numbers headings as 1, 1.1, 1.2, 2. */
export class Numbering extends BlockTransform {
  readonly name = 'numbering';
  private counters: number[] = [];

  override apply(document: Document): Document {
    this.counters = [];
    return super.apply(document);
  }

  protected override change(block: Block): Block {
    if (!(block instanceof Heading)) return block;
    const number = this.next(block.level);
    return new Heading(block.level, [new Text(`${number} `), ...block.content]);
  }

  private next(level: HeadingLevel): string {
    this.counters = Array.from({ length: level }, (_, index) => this.counters[index] ?? 0);
    this.counters[level - 1] = (this.counters[level - 1] ?? 0) + 1;
    return this.counters.map((counter) => Math.max(1, counter)).join('.');
  }
}
