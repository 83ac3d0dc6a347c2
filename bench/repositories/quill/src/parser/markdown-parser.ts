import { Document } from '../document';
import { Code, Heading, List, Paragraph, Quote, type Block, type HeadingLevel } from '../nodes';
import { parseInline } from './inline-parser';
import { Lines } from './lines';
import { ParseError } from './parse-error';

const bullet = /^(?:-|\d+\.) /;

export class MarkdownParser {
  parse(text: string): Document {
    return new Document(this.blocks(new Lines(text)));
  }

  private blocks(lines: Lines): Block[] {
    const blocks: Block[] = [];
    while (!lines.done) {
      const line = lines.peek();
      if (line.trim() === '') lines.next();
      else blocks.push(this.block(lines, line));
    }
    return blocks;
  }

  private block(lines: Lines, line: string): Block {
    if (line.startsWith('```')) return this.code(lines);
    if (line.startsWith('#')) return this.heading(lines);
    if (line.startsWith('>')) return this.quote(lines);
    if (bullet.test(line)) return this.list(lines);
    const text = lines.takeWhile((next) => next.trim() !== '' && !bullet.test(next));
    return new Paragraph(parseInline(text.join(' ')));
  }

  private code(lines: Lines): Code {
    const start = lines.number;
    const language = lines.next().slice(3).trim();
    const source = lines.takeWhile((line) => line !== '```');
    if (lines.done) throw new ParseError('code without an end', start);
    lines.next();
    return new Code(source.join('\n'), language === '' ? undefined : language);
  }

  private heading(lines: Lines): Heading {
    const number = lines.number;
    const match = /^(#+) +(.+)$/.exec(lines.next());
    const level = match?.[1]?.length;
    if (!isLevel(level)) throw new ParseError('bad heading', number);
    return new Heading(level, parseInline(match?.[2] ?? ''));
  }

  private quote(lines: Lines): Quote {
    const inner = lines.takeWhile((line) => line.startsWith('>'));
    const text = inner.map((line) => line.replace(/^> ?/, '')).join('\n');
    return new Quote(this.blocks(new Lines(text)));
  }

  private list(lines: Lines): List {
    const ordered = /^\d/.test(lines.peek());
    const items = lines.takeWhile((line) => bullet.test(line));
    return new List(
      items.map((item) => new Paragraph(parseInline(item.replace(bullet, '')))),
      ordered,
    );
  }
}

function isLevel(value: number | undefined): value is HeadingLevel {
  return value === 1 || value === 2 || value === 3;
}
