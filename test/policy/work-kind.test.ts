import { expect, test } from 'vitest'

import { isSafeKind, type WorkKind } from '#domain/work-kind.ts'
import { workKindOf } from '#policy/work-kind.ts'

const file = (path: string, before: string | null, after: string | null) => ({
  path,
  before,
  after,
})
const script = (before: string, after: string) => file('src/shop.ts', before, after)
const behaviour = script('a()', 'b()')
const words = file('README.md', 'a', 'b')

test.each<[string, WorkKind, ReturnType<typeof file>[]]>([
  ['a document', 'docs', [words]],
  ['a document and its layout', 'docs', [words, script('a( )', 'a()')]],
  ['a style sheet', 'ui', [file('src/shop.css', 'a { top: 0 }', 'a { top: 1px }')]],
  ['a picture and a document', 'ui', [file('a.svg', '<svg/>', '<svg></svg>'), words]],
  ['layout', 'refactoring', [script('a( )', 'a();')]],
  ['tests alone', 'refactoring', [file('test/a.test.ts', 'a()', 'b()')]],
  ['a new log line', 'logging', [script('a()', "console.info('began', id)\na()")]],
  ['another log line', 'logging', [script("log.info('a')\na()", "log.warn('a', b.c)\na()")]],
  ['a log line that acts', 'unknown', [script('a()', 'console.info(b())\na()')]],
  ['a log line less', 'unknown', [script("log.info('a')\na()", 'a()')]],
  [
    'a catch around what is there',
    'error_handling',
    [script('a()', 'try {\n a()\n} catch (error) {\n report(error)\n}')],
  ],
  [
    'another catch',
    'error_handling',
    [script('try { a() } catch { b() }', 'try { a() } catch (error) { c(error) }')],
  ],
  ['a handler behind a promise', 'error_handling', [script('a()', 'a().catch(report)')]],
  ['a guard', 'error_handling', [script('a(b)', "if (b === null) throw new Error('b')\na(b)")]],
  [
    'another message',
    'error_handling',
    [script("throw new Error('a')", "throw new Error('a', { cause })")],
  ],
  ['a guard that acts', 'unknown', [script('a(b)', "if (take(b)) throw new Error('b')\na(b)")]],
  ['no catch any more', 'unknown', [script('try { a() } catch { b() }', 'a()')]],
  [
    'a catch, and something else in what is tried',
    'unknown',
    [script('a()', 'try { b() } catch (error) { report(error) }')],
  ],
  ['what it does', 'unknown', [behaviour]],
  ['what it does, with a style sheet', 'unknown', [behaviour, file('a.css', 'a{}', 'b{}')]],
  [
    'two safe kinds at once',
    'unknown',
    [file('a.css', '', 'b{}'), script('a()', 'log.info(1)\na()')],
  ],
  ['a script that cannot be parsed', 'unknown', [script('a(', 'a()')]],
  ['a new file', 'unknown', [file('src/new.ts', null, 'a()')]],
  ['a lockfile', 'dependency', [file('package-lock.json', '{}', '{"a": 1}'), words]],
  ['a secret in a log line', 'security', [script('a()', 'console.log(password)\na()')]],
  ['layout of a login', 'security', [file('src/auth/token.ts', 'a( )', 'a()')]],
  ['a migration', 'unknown', [file('migrations/1.sql', null, 'create table a ()')]],
  ['payments', 'unknown', [file('src/billing.css', 'a{}', 'b{}')]],
])('%s is %s (S2-38)', (_what, kind, change) => {
  expect(workKindOf(change, { repairs: false })).toBe(kind)
})

test('what turned a red check green is a bug that was fixed, unless deny says otherwise (K30)', () => {
  expect(workKindOf([behaviour], { repairs: true })).toBe('fix_bugs')
  expect(workKindOf([words], { repairs: true })).toBe('docs')
  expect(workKindOf([script('a()', 'login()')], { repairs: true })).toBe('security')
  expect(workKindOf([file('db/migrations/1.ts', 'a()', 'b()')], { repairs: true })).toBe('unknown')
})

test('the seven safe kinds are those of S2-38, and what nobody can tell is none', () => {
  const all: readonly WorkKind[] = [
    'fix_bugs',
    'performance',
    'error_handling',
    'logging',
    'ui',
    'docs',
    'refactoring',
  ]
  expect(all.every(isSafeKind)).toBe(true)
  expect((['dependency', 'security', 'unknown'] as const).some(isSafeKind)).toBe(false)
})
