import type { CallExpression } from 'oxc-parser'

import type { Syntax } from '../syntax.ts'
import { lineAt } from '../syntax.ts'
import type { Assertion } from './assertions.ts'
import { assertionsIn } from './assertions.ts'
import { guardsOf } from './guards.ts'
import { chainOf, holderOf, isTestCall, titleOf } from './names.ts'

/** One test with what it claims. */
export interface TestCase {
  /** Its groups and its title. */
  readonly name: string
  readonly title: string
  readonly file: string
  readonly line: number
  readonly guards: number
  /** Rows of its table, or null when it has none that can be counted. */
  readonly rows: number | null
  /** Calls in its body, for tests that claim by not throwing. */
  readonly calls: number
  readonly assertions: readonly Assertion[]
}

export interface Suite {
  readonly tests: readonly TestCase[]
  /** Assertions in helpers outside any test. */
  readonly loose: readonly Assertion[]
}

export function suiteOf(scripts: readonly Syntax[]): Suite {
  const read = scripts.map(fileSuite)
  return {
    tests: read.flatMap(({ tests }) => tests),
    loose: read.flatMap(({ loose }) => loose),
  }
}

function fileSuite(syntax: Syntax): Suite {
  const assertions = assertionsIn(syntax)
  const tests = syntax.places.flatMap((place) => {
    const { node } = place
    if (node.type !== 'CallExpression' || !isTestCall(node)) return []
    return [
      {
        name: holderOf(place),
        title: titleOf(node),
        file: syntax.path,
        line: lineAt(syntax.text, node.start),
        guards: guardsOf(place, null),
        rows: rowsOf(node),
        calls: callsWithin(syntax, node),
        assertions: assertions.filter(({ tests: around }) => around.at(-1) === node),
      },
    ]
  })
  return { tests, loose: assertions.filter(({ tests: around }) => around.length === 0) }
}

function rowsOf({ callee }: CallExpression): number | null {
  if (callee.type === 'TaggedTemplateExpression') return callee.quasi.expressions.length
  if (callee.type !== 'CallExpression') return null
  const [table] = callee.arguments
  return table?.type === 'ArrayExpression' ? table.elements.length : null
}

/** Log lines prove nothing and may go. */
function callsWithin({ places }: Syntax, test: CallExpression): number {
  return places.filter(
    ({ node, around }) =>
      node.type === 'CallExpression' && around.includes(test) && chainOf(node)?.[0] !== 'console',
  ).length
}
