import type { Finding } from '#domain/finding.ts'

/** The bare name of a rule in kebab case, whichever linter and plugin it came from. */
export function ruleName({ rule }: Pick<Finding, 'rule'>): string {
  if (rule === null) return ''
  const bare = /\((.+)\)$/.exec(rule)?.[1] ?? rule
  const last = bare.split('/').at(-1) ?? bare
  return last.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

const styles = new Set(
  [
    ['prettier', 'indent', 'semi', 'quotes', 'comma-dangle', 'comma-spacing', 'key-spacing'],
    [
      'object-curly-spacing',
      'array-bracket-spacing',
      'eol-last',
      'no-trailing-spaces',
      'arrow-parens',
    ],
    ['no-multiple-empty-lines', 'space-before-blocks', 'keyword-spacing', 'space-infix-ops'],
    ['space-before-function-paren', 'space-in-parens', 'brace-style', 'linebreak-style', 'no-tabs'],
    [
      'padded-blocks',
      'quote-props',
      'max-len',
      'no-multi-spaces',
      'block-spacing',
      'arrow-spacing',
    ],
  ].flat(),
)

/** Rules about the looks of the code only. */
export function isStyle(finding: Finding): boolean {
  return finding.rule?.startsWith('@stylistic/') === true || styles.has(ruleName(finding))
}
