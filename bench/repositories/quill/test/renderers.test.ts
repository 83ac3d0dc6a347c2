import { createRenderer } from '../src/registry';
import { sample, source } from './sample';

describe('renderers', () => {
  test('HTML', () => {
    expect(createRenderer('html').render(sample())).toMatchSnapshot();
  });

  test('plain text, wrapped', () => {
    expect(createRenderer('text', { width: 30 }).render(sample())).toMatchSnapshot();
  });

  test('Markdown comes back as it was', () => {
    expect(createRenderer('markdown').render(sample())).toBe(source);
  });

  test('the last newline is optional', () => {
    const text = createRenderer('markdown', { trailingNewline: false }).render(sample());
    expect(text.endsWith('2. sun')).toBe(true);
  });
});
