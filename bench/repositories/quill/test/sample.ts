import { MarkdownParser } from '../src';

export const source = `# Field notes

A *short* walk, **twice**, to [the mill](mill.md) and [home](https://home.example).

## What we saw

- a heron
- two boats

> Rivers know this: there is no hurry.

\`\`\`ts
const boats = 2 < 3
\`\`\`

## What we saw

1. rain
2. sun
`;

export function sample() {
  return new MarkdownParser().parse(source);
}
