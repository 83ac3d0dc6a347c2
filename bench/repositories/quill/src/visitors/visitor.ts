import type { Code, Emphasis, Heading, Link, List, Paragraph, Quote, Text } from '../nodes';

export interface Visitor<Result> {
  visitText(node: Text): Result;
  visitEmphasis(node: Emphasis): Result;
  visitLink(node: Link): Result;
  visitCode(node: Code): Result;
  visitHeading(node: Heading): Result;
  visitParagraph(node: Paragraph): Result;
  visitList(node: List): Result;
  visitQuote(node: Quote): Result;
}
