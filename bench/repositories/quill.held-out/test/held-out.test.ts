import {
  Code, Document, Emphasis, Heading, HtmlRenderer, Link, LinkRewriter, List, MarkdownParser, MarkdownRenderer, Numbering,
  OutlineVisitor, Paragraph, Quote, Text, TextRenderer, WordCounter, pipeline,
} from '../src';
import { parseInline } from '../src/parser/inline-parser';
import { Lines } from '../src/parser/lines';
import { createRenderer, extensionOf } from '../src/registry';
import { escapeHtml, renderAttributes } from '../src/text/escape';
import { truncate, wrap } from '../src/text/wrap';

const text = (value: string) => new Text(value);
const paragraph = (value: string) => new Paragraph([text(value)]);

test('nodes', () => {
  expect(new Link('https://a', []).isExternal).toBe(true);
  expect(new Link('a.md', [text('a'), new Emphasis([text('b')])]).plainText).toBe('ab');
  expect(new Heading(2, [text('Two  Words!')]).slug).toBe('two-words');
  expect(new Heading(2, [text('!')]).slug).toBe('section');
  expect(new Code('a\nb').lineCount).toBe(2);
  expect([new List([], true).marker(1), new List([]).marker(1)]).toEqual(['2.', '-']);
  expect(paragraph('x').describe()).toBe('paragraph(1)');
  expect(text('a very long text').describe()).toBe('text "a very long "');
  expect([...new Quote([paragraph('x')]).descendants()].map(({ type }) => type)).toEqual(['paragraph', 'text']);
  expect([paragraph('x').isContainer, new Quote([]).isContainer, new List([]).isContainer]).toEqual([false, true, true]);
});

test('documents', () => {
  const document = new Document([new Quote([new Heading(1, [text('Deep')])])], { author: 'me' });
  expect(document.title).toBe('Deep');
  expect(document.withBlocks([]).metadata).toEqual({ author: 'me', keywords: [] });
  expect(document.nodes()).toHaveLength(3);
});

test('visitors', () => {
  const counter = new WordCounter();
  new Document([paragraph('one  two'), new Code('a\nb'), new List([paragraph('three')])]).visit(counter);
  expect([counter.count, counter.codeLines]).toEqual([3, 2]);
  const long = new WordCounter();
  new Document([paragraph('w '.repeat(221))]).visit(long);
  expect(long.minutesToRead).toBe(2);
  const outline = new OutlineVisitor();
  new Document([1, 2, 3].map(() => new Heading(1, [text('Same')]))).visit(outline);
  expect(outline.entries.map(({ anchor }) => anchor)).toEqual(['same', 'same-1', 'same-2']);
});

test('renderers', () => {
  const document = new Document([
    new Heading(2, [text('A & B')]),
    new Quote([paragraph('x_y')], 'Me'),
    new List([paragraph('i')], true),
    new Code('1 < 2'),
  ]);
  expect(new HtmlRenderer({ trailingNewline: false }).render(document)).toBe(
    '<h2 id="a-b">A &amp; B</h2>\n\n<blockquote><p>x_y</p><cite>Me</cite></blockquote>\n\n<ol><li><p>i</p></li></ol>\n\n<pre><code>1 &lt; 2</code></pre>',
  );
  expect(new MarkdownRenderer().render(document)).toBe('## A & B\n\n> x\\_y\n> — Me\n\n1. i\n\n```\n1 < 2\n```\n');
  expect(new TextRenderer().render(document)).toBe('A & B\n-----\n\n"x_y" (Me)\n\n1. i\n\n    1 < 2\n');
  expect(new TextRenderer().render(new Document([new Heading(1, [text('T')])]))).toBe('T\n=\n');
  expect(createRenderer('html')).toBeInstanceOf(HtmlRenderer);
  expect((['html', 'markdown', 'text'] as const).map(extensionOf)).toEqual(['.html', '.md', '.txt']);
});

test('links as text and as HTML', () => {
  const both = [new Link('a', [text('a')]), new Link('https://b', [text('b')])];
  const document = new Document([new Paragraph(both)]);
  expect(new TextRenderer({ trailingNewline: false }).render(document)).toBe('ab (https://b)');
  expect(new HtmlRenderer().render(document)).toBe('<p><a href="a">a</a><a href="https://b" rel="noopener">b</a></p>\n');
});

test('transforms', () => {
  const levels = [1, 2, 2, 3, 1, 3] as const;
  const document = new Document(levels.map((level) => new Heading(level, [text('h')])));
  const titles = new Numbering().apply(document).headings().map(({ title }) => title);
  expect(titles).toEqual(['1 h', '1.1 h', '1.2 h', '1.2.1 h', '2 h', '2.1.1 h']);
  const quoted = new Document([new Quote([new Paragraph([new Emphasis([new Link('x', [])], true)])], 'Me')]);
  const rewritten = new LinkRewriter((target) => `${target}!`).apply(quoted);
  const found = rewritten.nodes().filter((node) => node instanceof Link);
  expect(found.map((node) => (node as Link).target)).toEqual(['x!']);
  expect((rewritten.blocks[0] as Quote).author).toBe('Me');
  expect(pipeline().apply(quoted)).toBe(quoted);
});

test('parsing', () => {
  expect(parseInline('a *b* [c](d)').map((node) => node.describe())).toEqual(['text "a "', 'emphasis(1)', 'text " "', 'link(1)']);
  expect(parseInline('[c](d e)')).toEqual([text('[c](d e)')]);
  const lines = new Lines('a\r\nb\nc');
  expect([lines.next(), lines.number, lines.takeWhile((line) => line !== 'c'), lines.done]).toEqual(['a', 2, ['b'], false]);
  const { blocks } = new MarkdownParser().parse('> a\n> b\n\n1. x\n2. y\n\n```\n\n```');
  expect(blocks.map((block) => block.type)).toEqual(['quote', 'list', 'code']);
  expect((blocks[1] as List).ordered).toBe(true);
  expect((blocks[2] as Code).language).toBeUndefined();
});

test('texts', () => {
  expect(renderAttributes({ a: '"', b: undefined })).toBe(' a="&quot;"');
  expect(escapeHtml('a>b')).toBe('a&gt;b');
  expect(wrap('aaaaaa b', 3)).toEqual(['aaaaaa', 'b']);
  expect(wrap('', 3)).toEqual([]);
  expect(truncate('abcdef', 4)).toBe('abc…');
  expect(truncate('abcd', 4)).toBe('abcd');
});
