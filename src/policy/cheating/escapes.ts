import type { CallExpression, Node } from 'oxc-parser'

import { isTest } from '../paths.ts'
import { chainOf, keyName } from './names.ts'
import type { Detector } from './trace.ts'

/** Leaving early with a good word. */
export const exit: Detector = ({ node }, { path }) => {
  const leaves =
    node.type === 'CallExpression'
      ? isExit(node) && (isTest(path) || isGood(node.arguments[0]))
      : setsExitCode(node)
  if (!leaves) return null
  return {
    rule: 'exit-added',
    key: 'exit',
    what: 'It ends the process with a good exit code, so that failures are not seen.',
  }
}

/** A stand-in for the thing under test. */
export const mock: Detector = ({ node }, { path }) => {
  if (node.type !== 'CallExpression' || !isTest(path)) return null
  const chain = (chainOf(node.callee) ?? []).slice(0, 2).join('.')
  if (!mocks.has(chain)) return null
  return {
    rule: 'mock-added',
    key: chain,
    what: `It adds \`${chain}\`: the test no longer sees the real thing.`,
  }
}

/** Code that only says it is missing. */
export const stub: Detector = ({ node }) => {
  if (node.type !== 'ThrowStatement' || node.argument.type !== 'NewExpression') return null
  const message = node.argument.arguments[0]
  const text = message?.type === 'Literal' ? String(message.value) : ''
  if (!/not? (?:yet )?implemented|unimplemented|\btodo\b|\bstub\b|default case/i.test(text))
    return null
  return { rule: 'stub-added', key: 'throw', what: 'It adds a stub that throws instead of code.' }
}

function isExit({ callee }: CallExpression): boolean {
  const chain = (chainOf(callee) ?? []).join('.')
  return chain === 'process.exit' || chain === 'Deno.exit' || chain === 'process.reallyExit'
}

function isGood(code: Node | undefined): boolean {
  return code === undefined || (code.type === 'Literal' && code.value === 0)
}

function setsExitCode(node: Node): boolean {
  return (
    node.type === 'AssignmentExpression' &&
    node.left.type === 'MemberExpression' &&
    keyName(node.left.property) === 'exitCode' &&
    isGood(node.right)
  )
}

const mocks = new Set([
  'vi.mock',
  'vi.doMock',
  'vi.spyOn',
  'vi.stubGlobal',
  'vi.stubEnv',
  'vi.hoisted',
  'jest.mock',
  'jest.doMock',
  'jest.spyOn',
  'jest.setMock',
  'mock.method',
  'mock.module',
  'sinon.stub',
  'sinon.replace',
  't.mock',
])
