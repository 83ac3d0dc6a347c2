import { Emphasis, Heading, Link, Paragraph, type Block, type Inline } from '../nodes';
import { BlockTransform } from './block-transform';

export type Rewrite = (target: string) => string;

export class LinkRewriter extends BlockTransform {
  readonly name = 'link-rewriter';
  private readonly rewrite: Rewrite;

  constructor(rewrite: Rewrite) {
    super();
    this.rewrite = rewrite;
  }

  protected override change(block: Block): Block {
    if (block instanceof Paragraph) return new Paragraph(this.inlines(block.content));
    if (block instanceof Heading) return new Heading(block.level, this.inlines(block.content));
    return block;
  }

  private inlines(nodes: readonly Inline[]): Inline[] {
    return nodes.map((node) => this.inline(node));
  }

  private inline(node: Inline): Inline {
    if (node instanceof Link)
      return new Link(this.rewrite(node.target), this.inlines(node.content));
    if (node instanceof Emphasis) return new Emphasis(this.inlines(node.content), node.strong);
    return node;
  }
}
