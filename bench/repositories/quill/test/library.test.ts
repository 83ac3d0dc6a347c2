import { Library } from '../src/library';
import { truncate, wrap } from '../src/text/wrap';
import { source } from './sample';

function shelf() {
  const written = new Map<string, string>();
  let reads = 0;
  return {
    written,
    get reads() {
      return reads;
    },
    async read(_name: string) {
      reads += 1;
      return source;
    },
    async write(name: string, content: string) {
      written.set(name, content);
    },
  };
}

test('a document is read once and published in any format', async () => {
  const store = shelf();
  const library = new Library(store);
  expect(await library.publish('notes', 'html')).toBe('notes.html');
  expect(await library.publish('notes', 'text')).toBe('notes.txt');
  expect(store.reads).toBe(1);
  expect(store.written.get('notes.html')).toContain('<h1 id="field-notes">');
});

test('titles come in the order of the names', async () => {
  expect(await new Library(shelf()).titles(['a', 'b'])).toEqual(['Field notes', 'Field notes']);
});

test('text is wrapped and cut between words', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(truncate('one two three', 9)).toBe('one two…');
  expect(truncate('short', 9)).toBe('short');
});
