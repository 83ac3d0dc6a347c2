import { expect, test } from 'vitest'

import type { RiskClass } from '#domain/risk.ts'
import { riskOf } from '#policy/risk.ts'

const file = (path: string, before: string | null, after: string | null) => ({
  path,
  before,
  after,
})
const plain = (path: string) => file(path, 'a()\n', 'b()\n')

test.each<[RiskClass, 'never' | 'review', string]>([
  ['database-schema', 'never', 'db/migrations/002_users.ts'],
  ['database-schema', 'never', 'prisma/schema.prisma'],
  ['database-schema', 'never', 'sql/init.sql'],
  ['authentication', 'never', 'src/auth/token.ts'],
  ['authentication', 'never', 'src/loginForm.tsx'],
  ['authentication', 'never', 'src/http/oauth-client.ts'],
  ['environment', 'never', '.env.production'],
  ['environment', 'never', 'vercel.json'],
  ['breaking-api', 'never', 'docs/openapi.yaml'],
  ['breaking-api', 'never', 'proto/shop.proto'],
  ['dependency-update', 'never', 'package-lock.json'],
  ['dependency-update', 'never', 'packages/a/package.json'],
  ['security-fix', 'never', 'src/middleware/csrf.ts'],
  ['payments', 'review', 'src/billing/invoice.ts'],
  ['payments', 'review', 'src/stripeWebhook.ts'],
  ['user-data', 'review', 'src/users/export.ts'],
  ['encryption', 'review', 'src/crypto/seal.ts'],
  ['rate-limiting', 'review', 'src/http/rateLimiter.ts'],
  ['cors', 'review', 'src/middleware/cors.ts'],
  ['unknown', 'review', 'bin/server.exe'],
  ['unknown', 'review', 'deploy/values.yaml'],
])('%s (%s) by path: %s', (...row) => {
  const [expected, level, path] = row
  const risk = riskOf([plain(path)])

  expect(risk.level).toBe(level)
  expect(risk.marks.map((mark) => mark.class)).toContain(expected)
})

test.each<[RiskClass, string, string]>([
  ['database-schema', 'run("x")', 'run("ALTER TABLE users ADD age int")'],
  ['authentication', 'a()', 'if (user.isAdmin) a()'],
  ['authentication', 'check(password)', 'check()'],
  ['environment', 'const a = 1', 'const a = process.env.PORT'],
  ['breaking-api', 'export function f(a: string) {}', 'export function f(a: number) {}'],
  ['breaking-api', 'export const f = (a) => g(a)', 'export const f = (a, b) => g(a)'],
  ['breaking-api', 'export function f() {}', 'function f() {}'],
  ['breaking-api', 'export function f() {}', 'export async function f() {}'],
  ['breaking-api', 'export function f(): A {}', 'export function f(): B {}'],
  ['breaking-api', 'export default function (a) {}', 'export default function (a, b) {}'],
  ['breaking-api', 'export class A { f(a) {} }', 'export class A { f() {} }'],
  ['breaking-api', 'export class A { f() {} }', 'export class A {}'],
  ['breaking-api', 'export const a = { b: 1, c: 2 }', 'export const a = { b: 1 }'],
  ['breaking-api', 'export interface A { b: string }', 'export interface A { b: number }'],
  ['breaking-api', 'export type A = B', 'export type A = C'],
  ['breaking-api', 'export const a: B = 1', 'export const a: C = 1'],
  ['breaking-api', "export { a } from './a.ts'", "export { b } from './a.ts'"],
  ['breaking-api', "export * from './a.ts'", ''],
  ['security-fix', 'a(b)', 'a(sanitize(b))'],
  ['payments', 'a()', 'await stripe.refunds.create(a)'],
  ['user-data', 'a()', 'anonymize(row)'],
  ['encryption', 'a()', "createHmac('sha256', key)"],
  ['rate-limiting', 'a()', 'app.use(rateLimit({ max: 5 }))'],
  ['cors', 'a()', "headers['Access-Control-Allow-Origin'] = b"],
])('%s by diff: %s → %s', (expected, before, after) => {
  const { marks } = riskOf([file('src/a.ts', before, after)])

  expect(marks.map((mark) => mark.class)).toContain(expected)
  expect(marks.every(({ by, line }) => by === 'diff' && line === 1)).toBe(true)
})

test.each([
  [
    'a function body',
    'export function f(a) { return a + 1 }',
    'export function f(a) { return a + 2 }',
  ],
  ['an arrow body', 'export const f = (a) => a + 1', 'export const f = (a) => a + 2'],
  ['a renamed parameter', 'export function f(a: string) {}', 'export function f(_a: string) {}'],
  ['a first parameter type', 'export function f(a) {}', 'export function f(a: string) {}'],
  ['a first return type', 'export function f() {}', 'export function f(): void {}'],
  ['a private member', 'export class A { #f(a) {} }', 'export class A { #f() {} }'],
  ['a private method', 'export class A { private f(a) {} }', 'export class A { private f() {} }'],
  ['a new export', 'function f() {}', 'export function f() {}'],
  ['an import', 'a()', "import { a } from './a.ts'\na()"],
  ['a property value', 'export const a = { b: 1 }', 'export const a = { b: 2 }'],
  ['an author', 'a()', 'author()'],
  ['a new file', null, 'export const a = 1'],
  ['text that cannot be parsed', 'export const a = (', 'export const a = ()'],
])('%s is safe', (_title, before, after) => {
  expect(riskOf([file('src/a.ts', before, after)])).toEqual({ level: 'safe', marks: [] })
})

test.each([
  ['formatting', 'src/a.ts', 'f(password)', 'f( password );'],
  ['a document', 'README.md', 'login', 'sign in with a password'],
  ['a test', 'test/a.test.ts', 'export function f(a) {}', 'export function f() {}'],
])('%s outside risky paths is safe', (...row) => {
  const [, path, before, after] = row

  expect(riskOf([file(path, before, after)]).level).toBe('safe')
})

test('formatting inside a risky path is still for a human', () => {
  expect(riskOf([file('src/auth/token.ts', 'a("b")', "a('b')")])).toEqual({
    level: 'never',
    marks: [{ class: 'authentication', path: 'src/auth/token.ts', line: null, by: 'path' }],
  })
})

test('deny wins over review, and every reason is named', () => {
  const risk = riskOf([plain('src/cors.ts'), file('src/a.ts', 'a()\n', 'a()\nlogin()\n')])

  expect(risk).toEqual({
    level: 'never',
    marks: [
      { class: 'cors', path: 'src/cors.ts', line: null, by: 'path' },
      { class: 'authentication', path: 'src/a.ts', line: 2, by: 'diff' },
    ],
  })
})

test('a deleted module breaks who used it', () => {
  const { marks } = riskOf([file('src/a.ts', '\nexport const a = 1', null)])

  expect(marks).toEqual([{ class: 'breaking-api', path: 'src/a.ts', line: 2, by: 'diff' }])
})

test('an overloaded function that stays as it is breaks no interface', () => {
  const overloads = `export function at(index: number): string
export function at(name: string, strict: boolean): string
export function at(key: number | string): string {
  return String(key)
}
`
  const change = [
    { path: 'src/at.ts', before: `import { a } from './a'\n${overloads}`, after: overloads },
  ]

  expect(riskOf(change)).toEqual({ level: 'safe', marks: [] })
})
