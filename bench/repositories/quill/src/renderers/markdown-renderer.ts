import type { Code, Emphasis, Heading, Link, List, Paragraph, Quote, Text } from '../nodes';
import { Renderer } from './renderer';

export class MarkdownRenderer extends Renderer {
  override visitText({ value }: Text): string {
    return value.replace(/[*_[\]]/g, (letter) => `\\${letter}`);
  }

  override visitEmphasis({ content, strong }: Emphasis): string {
    const mark = strong ? '**' : '*';
    return `${mark}${this.inline(content)}${mark}`;
  }

  override visitLink({ content, target }: Link): string {
    return `[${this.inline(content)}](${target})`;
  }

  override visitCode({ language = '', source }: Code): string {
    return `\`\`\`${language}\n${source}\n\`\`\``;
  }

  override visitHeading({ content, level }: Heading): string {
    return `${'#'.repeat(level)} ${this.inline(content)}`;
  }

  override visitParagraph({ content }: Paragraph): string {
    return this.inline(content);
  }

  override visitList(node: List): string {
    const items = this.renderAll(node.items);
    return items.map((item, index) => `${node.marker(index)} ${indent(item, 2)}`).join('\n');
  }

  override visitQuote({ author, blocks }: Quote): string {
    const text = this.joinBlocks(this.renderAll(blocks));
    const quoted = text.split('\n').map((line) => `> ${line}`.trimEnd());
    return [...quoted, ...(author ? [`> — ${author}`] : [])].join('\n');
  }
}

function indent(text: string, width: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(width)}`);
}
