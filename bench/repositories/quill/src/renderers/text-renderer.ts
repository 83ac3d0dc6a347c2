import type { Code, Emphasis, Heading, Link, List, Paragraph, Quote, Text } from '../nodes';
import { wrap } from '../text/wrap';
import { Renderer } from './renderer';

export class TextRenderer extends Renderer {
  override visitText({ value }: Text): string {
    return value;
  }

  override visitEmphasis({ content, strong }: Emphasis): string {
    const text = this.inline(content);
    return strong ? text.toUpperCase() : text;
  }

  override visitLink({ plainText, target }: Link): string {
    return plainText === target ? target : `${plainText} (${target})`;
  }

  override visitCode({ source }: Code): string {
    const lines = source.split('\n');
    return lines.map((line) => `    ${line}`).join('\n');
  }

  override visitHeading({ level, title }: Heading): string {
    const rule = level === 1 ? '=' : '-';
    return `${title}\n${rule.repeat(title.length)}`;
  }

  override visitParagraph({ content }: Paragraph): string {
    return wrap(this.inline(content), this.options.width).join('\n');
  }

  override visitList(node: List): string {
    return this.renderAll(node.items)
      .map((item, index) => `${node.marker(index)} ${item}`)
      .join('\n');
  }

  override visitQuote({ author, blocks }: Quote): string {
    const text = this.joinBlocks(this.renderAll(blocks));
    return author ? `"${text}" (${author})` : `"${text}"`;
  }
}
