import {
  Code,
  Emphasis,
  Heading,
  Link,
  List,
  MarkdownParser,
  ParseError,
  Quote,
  Text,
} from '../src';
import { parseInline } from '../src/parser/inline-parser';

const parser = new MarkdownParser();

test('blocks are told apart', () => {
  const { blocks } = parser.parse('# One\n\ntext\nmore\n\n- item\n\n> said\n\n```\ncode\n```');
  expect(blocks.map((block) => block.describe())).toEqual([
    'heading(1)',
    'paragraph(1)',
    'list(1)',
    'quote(1)',
    'code',
  ]);
  expect(blocks.filter((block) => block.isContainer)).toHaveLength(2);
  expect(blocks[0]).toBeInstanceOf(Heading);
  expect(blocks[2]).toBeInstanceOf(List);
  expect(blocks[3]).toBeInstanceOf(Quote);
  expect(blocks[4]).toBeInstanceOf(Code);
});

test('inline marks nest', () => {
  const [strong, rest] = parseInline('**[a](b)** c');
  expect(strong).toEqual(new Emphasis([new Link('b', [new Text('a')])], true));
  expect(rest?.describe()).toBe('text " c"');
});

test.each([
  ['```\nno end', 'code without an end in line 1'],
  ['\n#### too deep', 'bad heading in line 2'],
])('%j is refused', (text, message) => {
  expect(() => parser.parse(text)).toThrow(ParseError);
  expect(() => parser.parse(text)).toThrow(message);
});
