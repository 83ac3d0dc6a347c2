import { LinkRewriter, MarkdownRenderer, Numbering, pipeline } from '../src';
import { sample } from './sample';

const renderer = new MarkdownRenderer();

test('headings are numbered anew each time', () => {
  const numbering = new Numbering();
  numbering.apply(sample());
  const titles = numbering
    .apply(sample())
    .headings()
    .map(({ title }) => title);
  expect(titles).toEqual(['1 Field notes', '1.1 What we saw', '1.2 What we saw']);
});

test('links are rewritten wherever they stand', () => {
  const rewriter = new LinkRewriter((target) => target.replace('.md', '.html'));
  expect(renderer.render(rewriter.apply(sample()))).toContain('[the mill](mill.html)');
});

test('a pipeline applies its parts in order', () => {
  const both = pipeline(new Numbering(), new LinkRewriter((target) => target.toUpperCase()));
  expect(both.name).toBe('numbering → link-rewriter');
  expect(renderer.render(both.apply(sample()))).toContain('MILL.MD');
});
