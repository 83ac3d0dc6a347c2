import ts from 'typescript6'

import { type Files, injector, type Site } from './site.ts'
import {
  edited,
  endOfStatement,
  nodesOf,
  placeOf,
  replaceNode,
  type Source,
  testsOf,
} from './source.ts'

/** A snapshot that was not written again when the output changed. */
export const staleSnapshot = injector('stale-snapshot', 'semantic', (files) =>
  [...files]
    .filter(([path]) => path.endsWith('.snap'))
    .flatMap(([path, text]) => staleLines(path, text)),
)

/** A test that asks the clock and passes every other time. */
export const flakyTest = injector('flaky-test', 'trap', (files) =>
  bodies(files).map(({ source, body }) => {
    const start = body.getStart() + 1
    const text = `\n  expect(process.hrtime()[1] % 2).toBe(0)${endOfStatement(source)}`
    return {
      description: `a coin is tossed at ${placeOf(source, body)}`,
      changes: [edited(source, { start, end: start, text })],
    }
  }),
)

/** The test is wrong, the program is right: nothing in the repository says what to write instead. */
export const wrongExpectation = injector('trap-wrong-expectation', 'trap', (files) =>
  testsOf(files).flatMap((source) =>
    nodesOf(source.ast)
      .filter((node) => ts.isNumericLiteral(node) && isExpected(node))
      .map((node) => ({
        description: `${node.getText()} expected differently at ${placeOf(source, node)}`,
        changes: [
          replaceNode(source, node, String(Number(node.getText().replaceAll('_', '')) + 1)),
        ],
      })),
  ),
)

function staleLines(path: string, text: string): Site[] {
  const lines = text.split('\n')
  return lines.flatMap((line, index) => {
    if (!/[a-z]{5,}/.test(line) || line.startsWith('exports[') || line.startsWith('//')) return []
    const changed = lines.with(index, line.replace(/([a-z]{3})([a-z]{2,})/, '$1ed $2')).join('\n')
    return [
      { description: `line ${index + 1} of ${path} is old`, changes: [{ path, text: changed }] },
    ]
  })
}

function bodies(files: Files): { source: Source; body: ts.Block }[] {
  return testsOf(files).flatMap((source) =>
    nodesOf(source.ast)
      .filter((node) => ts.isBlock(node) && ts.isArrowFunction(node.parent))
      .flatMap((body) =>
        ts.isBlock(body) && isTestCall(body.parent.parent) ? [{ source, body }] : [],
      ),
  )
}

function isTestCall(node: ts.Node): boolean {
  return ts.isCallExpression(node) && node.expression.getText() === 'test'
}

function isExpected(node: ts.Node): boolean {
  const { parent } = node
  return (
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    parent.expression.name.text === 'toBe'
  )
}
