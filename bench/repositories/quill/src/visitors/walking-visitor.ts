import type { Code, Emphasis, Heading, Link, List, Node, Paragraph, Quote, Text } from '../nodes';
import type { Visitor } from './visitor';

/** Goes everywhere and does nothing; subclasses look at what they care for. */
export abstract class WalkingVisitor implements Visitor<void> {
  visitText(_node: Text): void {}

  visitCode(_node: Code): void {}

  visitEmphasis(node: Emphasis): void {
    this.walk(node);
  }

  visitLink(node: Link): void {
    this.walk(node);
  }

  visitHeading(node: Heading): void {
    this.walk(node);
  }

  visitParagraph(node: Paragraph): void {
    this.walk(node);
  }

  visitList(node: List): void {
    this.walk(node);
  }

  visitQuote(node: Quote): void {
    this.walk(node);
  }

  protected walk(node: Node): void {
    for (const child of node.children) child.accept(this);
  }
}
