import { Document, Heading, OutlineVisitor, Text, WordCounter } from '../src';
import { sample } from './sample';

test('words and lines of code are counted apart', () => {
  const counter = new WordCounter();
  sample().visit(counter);
  expect(counter.count).toBe(32);
  expect(counter.codeLines).toBe(1);
  expect(counter.minutesToRead).toBe(1);
});

test('an outline has an anchor for every heading, each of its own', () => {
  const outline = new OutlineVisitor();
  sample().visit(outline);
  expect(outline.entries).toMatchSnapshot();
});

test('a document is called by its metadata, its first heading or nothing', () => {
  const heading = new Heading(1, [new Text('Hello')]);
  expect(new Document([heading], { title: 'Given' }).title).toBe('Given');
  expect(new Document([heading]).title).toBe('Hello');
  expect(new Document([]).title).toBe('Untitled');
});
