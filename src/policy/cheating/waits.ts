import type { CallExpression, Node, ObjectProperty } from 'oxc-parser'

import { isTest } from '../paths.ts'
import type { Place } from '../syntax.ts'
import { chainOf, identifier, isTestCall, keyName } from './names.ts'
import type { Detector, Sign } from './trace.ts'

/** More time, more tries, or a pause: a slow or flaky thing made to look sound. */
export const widenedWait: Detector = (place, { path }) => {
  const found = optionAt(place.node) ?? callAt(place, isTest(path))
  if (found === null) return null
  return { ...found, onlyWhenGrown: !isTest(path) && found.onlyWhenGrown !== false }
}

function optionAt(node: Node): Sign | null {
  return isWaitOption(node) ? sign(keyName(node.key) ?? '', node.value) : null
}

/** `{ timeout: 100 }` */
export function isWaitOption(node: Node): node is ObjectProperty {
  return (
    node.type === 'Property' &&
    'kind' in node &&
    options.has((keyName(node.key) ?? '').toLowerCase())
  )
}

function callAt({ node, around }: Place, inTest: boolean): Sign | null {
  if (node.type !== 'CallExpression') return null
  if (isTestCall(node) || hooks.has(identifier(node.callee) ?? '')) return testTimeout(node)
  const chain = chainOf(node.callee) ?? []
  if (chain.join('.') !== 'setTimeout') return namedWait(chain, node.arguments)
  const isPause = inTest || around.some(({ type }) => type === 'NewExpression')
  const ms = node.arguments[1]
  return isPause && ms !== undefined ? pause('setTimeout', ms) : null
}

function namedWait(chain: readonly string[], given: readonly Node[]): Sign | null {
  const [first, second] = given
  const name = chain.at(-1) ?? ''
  if (first === undefined) return null
  if (settings.has(chain.slice(-2).join('.'))) return sign(name, first)
  // `clock.sleep(ms)` and `page.wait(what, ms)`: the time comes last.
  return pauses.has(name) ? pause(name, second ?? first) : null
}

function testTimeout({ arguments: given }: CallExpression): Sign | null {
  const last = given.length > 1 ? given.at(-1) : undefined
  if (last === undefined || Number.isNaN(numberIn(last))) return null
  return sign('timeout of a test', last)
}

function pause(name: string, ms: Node): Sign {
  return { ...sign(name, ms), what: 'It pauses to make the check pass.', onlyWhenGrown: false }
}

function sign(name: string, value: Node): Sign {
  const amount = numberIn(value)
  return {
    rule: 'wait-widened',
    key: name,
    amount: Number.isNaN(amount) ? Infinity : amount,
    what: `It widens \`${name}\` to make the check pass.`,
  }
}

/** A number written out, also as `60 * 1000`; NaN when it is none. */
function numberIn(node: Node): number {
  if (node.type === 'Literal') return typeof node.value === 'number' ? node.value : Number.NaN
  if (node.type !== 'BinaryExpression') return Number.NaN
  const [left, right] = [numberIn(node.left), numberIn(node.right)]
  return node.operator === '*' ? left * right : node.operator === '+' ? left + right : Number.NaN
}

const options = new Set([
  'timeout',
  'testtimeout',
  'hooktimeout',
  'teardowntimeout',
  'navigationtimeout',
  'actiontimeout',
  'retry',
  'retries',
  'maxretries',
  'retrytimes',
  'repeats',
  'waitfor',
  'slowtestthreshold',
])
const hooks = new Set(['beforeEach', 'afterEach', 'beforeAll', 'afterAll', 'before', 'after'])
const settings = new Set([
  'jest.setTimeout',
  'jest.retryTimes',
  'this.timeout',
  'this.retries',
  'this.slow',
  'test.setTimeout',
  'test.slow',
  'Cypress.config',
])
const pauses = new Set(['sleep', 'delay', 'pause', 'waitForTimeout', 'setTimeoutPromise', 'wait'])
