import { Emphasis, Link, Text, type Inline } from '../nodes';

interface Rule {
  readonly pattern: RegExp;
  readonly build: (groups: readonly string[]) => Inline;
}

const rules: readonly Rule[] = [
  { pattern: /^\*\*(.+?)\*\*/, build: ([, body = '']) => new Emphasis(parseInline(body), true) },
  { pattern: /^\*(.+?)\*/, build: ([, body = '']) => new Emphasis(parseInline(body)) },
  {
    pattern: /^\[([^\]]+)\]\(([^)\s]+)\)/,
    build: ([, label = '', target = '']) => new Link(target, parseInline(label)),
  },
];

export function parseInline(source: string): Inline[] {
  const nodes: Inline[] = [];
  let text = '';
  let rest = source;
  while (rest !== '') {
    const match = firstMatch(rest);
    if (match) {
      if (text !== '') nodes.push(new Text(text));
      text = '';
      nodes.push(match.node);
      rest = rest.slice(match.length);
    } else {
      text += rest[0] ?? '';
      rest = rest.slice(1);
    }
  }
  return text === '' ? nodes : [...nodes, new Text(text)];
}

function firstMatch(source: string): { node: Inline; length: number } | null {
  for (const { pattern, build } of rules) {
    const match = pattern.exec(source);
    if (match) return { node: build([...match]), length: match[0].length };
  }
  return null;
}
