import type { CallExpression, Node } from 'oxc-parser'

import { chainOf, isGroupCall, isTestCall, keyName, titleOf } from './names.ts'
import type { Detector, Sign } from './trace.ts'

/** A test that is not run any more, or the only one that is. */
export const skippedTest: Detector = ({ node }) => {
  if (node.type !== 'CallExpression') return null
  return innerSkip(node) ?? outerSkip(node)
}

function outerSkip(node: CallExpression): Sign | null {
  if (!isTestCall(node) && !isGroupCall(node)) return null
  const word = wordIn(chainOf(node.callee) ?? []) ?? optionIn(node)
  return word === null ? null : sign(`${titleOf(node)} ${word}`, word)
}

/** `t.skip()` in the middle of a test. */
function innerSkip(node: CallExpression): Sign | null {
  const [root = '', word = ''] = chainOf(node.callee) ?? []
  return innerRoots.has(root) && innerSkips.has(word) ? sign(`${root}.${word}`, word) : null
}

function sign(key: string, word: string): Sign {
  return {
    rule: 'test-skipped',
    key,
    what: `It marks a test with \`${word}\`, so it is not judged.`,
  }
}

function wordIn([root = '', ...rest]: readonly string[]): string | null {
  if (/^x(?:it|test|describe)$|^f(?:it|test|describe)$/.test(root)) return root
  return rest.find((name) => skips.has(name)) ?? null
}

/** node:test and vitest take the same words as options. */
function optionIn({ arguments: given }: CallExpression): string | null {
  const properties = given.flatMap((argument) =>
    argument.type === 'ObjectExpression' ? argument.properties : [],
  )
  const names = properties.map((property: Node) =>
    property.type === 'Property' && !isFalse(property.value) ? keyName(property.key) : null,
  )
  return names.find((name) => name !== null && skips.has(name)) ?? null
}

function isFalse(node: Node): boolean {
  return node.type === 'Literal' && node.value === false
}

const skips = new Set([
  'skip',
  'only',
  'todo',
  'fails',
  'failing',
  'skipIf',
  'runIf',
  'fixme',
  'if',
])
const innerRoots = new Set(['t', 'ctx', 'this', 'tc', 'context', 'task'])
const innerSkips = new Set(['skip', 'todo', 'only', 'skipTest'])
