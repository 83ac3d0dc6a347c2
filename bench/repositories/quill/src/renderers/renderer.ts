import type { Document } from '../document';
import type { Code, Emphasis, Heading, Link, List, Node, Paragraph, Quote, Text } from '../nodes';
import type { Visitor } from '../visitors/visitor';

export interface RenderOptions {
  readonly width: number;
  readonly trailingNewline: boolean;
}

const defaults: RenderOptions = { width: 80, trailingNewline: true };

export abstract class Renderer implements Visitor<string> {
  protected readonly options: RenderOptions;

  constructor(options: Partial<RenderOptions> = {}) {
    this.options = { ...defaults, ...options };
  }

  render(document: Document): string {
    const text = this.joinBlocks(document.visit(this));
    return this.options.trailingNewline ? `${text}\n` : text;
  }

  protected joinBlocks(blocks: readonly string[]): string {
    return blocks.filter((block) => block !== '').join('\n\n');
  }

  protected renderAll(nodes: readonly Node[]): string[] {
    return nodes.map((node) => node.accept(this));
  }

  protected inline(nodes: readonly Node[]): string {
    return this.renderAll(nodes).join('');
  }

  abstract visitText(node: Text): string;
  abstract visitEmphasis(node: Emphasis): string;
  abstract visitLink(node: Link): string;
  abstract visitCode(node: Code): string;
  abstract visitHeading(node: Heading): string;
  abstract visitParagraph(node: Paragraph): string;
  abstract visitList(node: List): string;
  abstract visitQuote(node: Quote): string;
}
