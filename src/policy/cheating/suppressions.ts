import type { Comment } from 'oxc-parser'

import type { Sign } from './trace.ts'

/** A comment that tells a tool to look away, or null. */
export function suppressionIn({ value }: Comment): Sign | null {
  const text = value.replaceAll(/\s+/g, ' ').trim()
  const found = directives.map((directive) => directive.exec(text)).find((match) => match !== null)
  if (found !== undefined && found !== null) {
    const said = directive(text)
    return {
      rule: 'suppression-added',
      key: said,
      what: `It adds the comment "${said}", which tells a tool to look away.`,
    }
  }
  return /@(?:type|param|returns?)\s*\{\s*(?:any|\*|Function|Object)\s*\}/.test(text)
    ? { rule: 'type-hole-added', key: 'jsdoc', what: 'It adds an `any` in a comment for types.' }
    : null
}

/** The directive and its rules without the explanation behind them. */
function directive(text: string): string {
  return text
    .replace(/^\*\s*/, '')
    .split(/ -- |: /)[0]!
    .slice(0, 120)
}

const directives: readonly RegExp[] = [
  /^\/?\s*\*?\s*@ts-(?:ignore|expect-error|nocheck)\b/,
  /^\*?\s*(?:eslint|oxlint|tslint|biome|rslint|xo|standard|deno-lint|stylelint)[-:](?:disable|ignore|enable:false)/,
  /^eslint\s+[\w@"'/-]+\s*:/,
  /^(?:globals?|eslint-env|exported)\s+\w/,
  /^(?:istanbul|c8|v8|node:coverage)\s+(?:ignore|disable)/,
  /^(?:prettier|oxfmt|dprint)-ignore/,
  /^(?:stryker disable|nosonar|noinspection|\$flowfixme|@vite-ignore|knip-ignore|cspell:\s?disable)/i,
  /^@(?:knipignore|public)\b/,
]
