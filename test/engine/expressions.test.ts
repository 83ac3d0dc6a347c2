import { describe, expect, test } from 'vitest'

import { parseExpression, templatesIn } from '#engine/expression-syntax.ts'
import { evaluateCondition, type ExpressionContext, interpolate } from '#engine/expressions.ts'

const files = [{ path: 'A.ts' }, { path: 'a.ts' }]
const context: ExpressionContext = {
  event: { kind: 'fix-requested', ref: null },
  needs: {
    reproduce: {
      result: 'success',
      outputs: { red: 3, 'pre-existing': files, 'by-file': { A: 1, a: 2, constructor: 3 } },
    },
    fix: { result: 'success', outputs: { proved: true } },
  },
  steps: { 'find-checks': { outcome: 'success', outputs: { checks: ['lint', 'types'] } } },
}

const evaluate = (expression: string, context: ExpressionContext) =>
  interpolate(`\${{ ${expression} }}`, context)

describe('an expression', () => {
  test.each([
    ['needs.reproduce.outputs.red', 3],
    ['needs.reproduce.outputs.red > 0 && needs.fix.outputs.proved', true],
    ["needs['fix'].result == 'success'", true],
    ['needs.reproduce.outputs.pre-existing', files],
    ['needs.reproduce.outputs.by-file', { A: 1, a: 2, constructor: 3 }],
    ['needs.*.result', ['success', 'success']],
    ['needs.nobody.outputs.nothing', null],
    ['inputs.anything', null],
    ['event.ref', null],
    ['steps.find-checks.outputs.checks[1]', 'types'],
    ["join(steps.find-checks.outputs.checks, ' and ')", 'lint and types'],
    ['fromJSON(\'{"a": [1, null]}\')', { a: [1, null] }],
    ['!needs.fix.outputs.proved', false],
    ['success()', true],
  ])('%s is worth what GitHub says', (expression, value) => {
    expect(evaluate(expression, context)).toEqual(value)
  })

  test('hands a long list on whole', () => {
    const long = Array.from({ length: 200_000 }, (_, at) => at)

    expect(evaluate('inputs', { ...context, inputs: long })).toBe(long)
  })

  test.each([
    ['', 'The expression is empty'],
    ['needs.', "Unexpected symbol: 'EOF'"],
    ['secrets.token', "Unrecognized named-value: 'secrets'"],
    ['hashFiles()', "Unrecognized function: 'hashFiles'"],
    ['constructor()', "Unrecognized function: 'constructor'"],
    ['success(1)', "Too many parameters supplied: 'success'"],
  ])('"%s" is refused with the reason', (expression, message) => {
    expect(() => evaluate(expression, context)).toThrow(message)
  })
})

/** What a phase sees whose needs ended like this. */
function after(...results: readonly ('success' | 'failure' | 'skipped')[]): ExpressionContext {
  const needs = results.map((result, at) => [`p${at}`, { result, outputs: {} }] as const)
  return { event: {}, steps: {}, needs: Object.fromEntries(needs) }
}

describe('a condition', () => {
  const failed = after('success', 'failure')
  const skipped = after('skipped')

  test.each([
    ['holds when there is none and all needs succeeded', undefined, after('success'), true],
    ['holds when there is none and nothing was needed', undefined, after(), true],
    ['does not hold when there is none and a need failed', undefined, failed, false],
    ['does not hold when there is none and a need was skipped', undefined, skipped, false],
    [
      'does not hold after a failure, though true, without a status function',
      '1 == 1',
      failed,
      false,
    ],
    ['holds after a failure when it asks for one', '${{ failure() }}', failed, true],
    ['does not ask for a failure where a need was only skipped', 'failure()', skipped, false],
    ['holds whatever happened with always()', 'always()', failed, true],
    ['is judged after always(), too', 'always() && 1 == 2', failed, false],
    ['knows a cancelled run', 'cancelled()', { ...failed, status: 'cancelled' }, true],
    ['takes the word of the engine', undefined, { ...failed, status: 'success' }, true],
    ['is false for null', 'event.ref', after(), false],
    ['is true for any text', "'false'", after(), true],
    ['is true for an empty list', "fromJSON('[]')", after(), true],
  ] as const)('%s', (...[, expression, context, holds]) => {
    expect(evaluateCondition(expression, context)).toBe(holds)
  })

  test.each([
    ['success', true],
    ['skipped', true],
    ['failure', false],
  ] as const)('inside a phase, a step before that ended in %s → %s', (outcome, holds) => {
    const steps = { before: { outcome, outputs: {} } }

    expect(evaluateCondition(undefined, { ...failed, steps })).toBe(holds)
  })
})

describe('what is filled in', () => {
  test.each([
    ['keeps its type when it is the whole text', '${{ needs.reproduce.outputs.red }}', 3],
    ['keeps its type with spaces around', ' ${{ needs.fix.outputs.proved }} ', true],
    ['is text within text', '${{ needs.reproduce.outputs.red }} of ${{ 4 }}', '3 of 4'],
    ['may have braces in a quoted text', "${{ 'a }} b' }}!", 'a }} b!'],
    ['is not evaluated again', "${{ '${{ event.kind }' }}}", '${{ event.kind }}'],
    ['is found in lists', ['${{ event.kind }}', 2], ['fix-requested', 2]],
    ['is found in objects', { a: { b: '${{ event.kind }}' } }, { a: { b: 'fix-requested' } }],
    ['is not there in plain text', 'plain $text {}', 'plain $text {}'],
  ])('%s', (_title, value, filled) => {
    expect(interpolate(value, context)).toEqual(filled)
  })

  test('must be closed', () => {
    expect(() => templatesIn('a ${{ b')).toThrow("'${{' without '}}'")
  })
})

test.each([
  ['needs.fix.outputs.proof', [['needs', 'fix', 'outputs', 'proof']]],
  ["needs['fix'].result", [['needs', 'fix', 'result']]],
  ['(needs.fix).result', [['needs', 'fix', 'result']]],
  ['needs.*.result', [['needs', null, 'result']]],
  [
    'needs[event.phase].result',
    [
      ['needs', null, 'result'],
      ['event', 'phase'],
    ],
  ],
  ['fromJSON(steps.a.outputs.text).b.c', [['steps', 'a', 'outputs', 'text']]],
  [
    '!inputs.x || 1 > event.y',
    [
      ['inputs', 'x'],
      ['event', 'y'],
    ],
  ],
  ["'needs.fix'", []],
])('%s refers to what it names and nothing else', (expression, references) => {
  expect(parseExpression(expression).references).toEqual(references)
})
