import type { Code, Emphasis, Heading, Link, List, Paragraph, Quote, Text } from '../nodes';
import { escapeHtml, renderAttributes } from '../text/escape';
import { Renderer } from './renderer';

export class HtmlRenderer extends Renderer {
  override visitText({ value }: Text): string {
    return escapeHtml(value);
  }

  override visitEmphasis({ content, strong }: Emphasis): string {
    return this.element(strong ? 'strong' : 'em', this.inline(content));
  }

  override visitLink(node: Link): string {
    const rel = node.isExternal ? 'noopener' : undefined;
    return this.element('a', this.inline(node.content), { href: node.target, rel });
  }

  override visitCode({ language, source }: Code): string {
    const name = language === undefined ? undefined : `language-${language}`;
    return this.element('pre', this.element('code', escapeHtml(source), { class: name }));
  }

  override visitHeading({ content, level, slug }: Heading): string {
    return this.element(`h${level}`, this.inline(content), { id: slug });
  }

  override visitParagraph({ content }: Paragraph): string {
    return this.element('p', this.inline(content));
  }

  override visitList({ items, ordered }: List): string {
    const rendered = this.renderAll(items).map((item) => this.element('li', item));
    return this.element(ordered ? 'ol' : 'ul', rendered.join(''));
  }

  override visitQuote({ author, blocks }: Quote): string {
    const cite = author ? this.element('cite', escapeHtml(author)) : '';
    return this.element('blockquote', this.renderAll(blocks).join('') + cite);
  }

  private element(
    name: string,
    content: string,
    attributes: Readonly<Record<string, string | undefined>> = {},
  ): string {
    return `<${name}${renderAttributes(attributes)}>${content}</${name}>`;
  }
}
