import type { Document } from '../document';
import { List, Quote, type Block } from '../nodes';
import type { Transform } from './transform';

/** Rebuilds the tree from below; a subclass changes the blocks that it knows. */
export abstract class BlockTransform implements Transform {
  abstract readonly name: string;

  apply(document: Document): Document {
    return document.withBlocks(document.blocks.map((block) => this.rebuild(block)));
  }

  protected abstract change(block: Block): Block;

  private rebuild(block: Block): Block {
    if (block instanceof List) {
      const items = block.items.map((item) => this.rebuild(item));
      return this.change(new List(items, block.ordered));
    }
    if (block instanceof Quote) {
      const blocks = block.blocks.map((inner) => this.rebuild(inner));
      return this.change(new Quote(blocks, block.author));
    }
    return this.change(block);
  }
}
