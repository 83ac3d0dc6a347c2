import type { FixFact } from '#domain/fix-fact.ts'
import type { Run } from '#domain/run.ts'

import { found, ran } from './observed.ts'

/** A run that repaired `types`, left `lint` and `e2e` alone, and could not run `deploy`. */
export const recordedRun: Run = {
  id: 'run_20261121-020000-0a1b2c3d',
  workflow: 'auto-fix',
  repository: '/home/ada/shop',
  headSha: 'a'.repeat(40),
  taskId: '0190a1b2-0000-7000-8000-000000000001',
  state: 'finished',
  outcome: 'success_with_warnings',
  reason: null,
  detail: null,
  startedAt: '2026-11-21T02:00:00.000Z',
  finishedAt: '2026-11-21T02:02:17.000Z',
}
const types = found({ file: 'src/cli.ts', line: 7, message: "Cannot find name 'format'." })
const old = found({
  tool: 'eslint',
  rule: 'no-var',
  file: 'src/old.ts',
  line: 3,
  message: 'var is old',
})
const shaky = found({
  tool: 'vitest',
  rule: null,
  subject: 'waits',
  file: 'test/a.test.ts',
  message: 'late',
})
export const red = ran(2, { findings: [types], durationMs: 3100 })
export const green = ran(0, { durationMs: 2900 })
const lint = ran(1, { command: 'npm run lint', findings: [old] })
const e2e = ran(1, { command: 'npm run e2e', findings: [shaky] })
const format = ran(0, { command: 'npm run format' })
export const checked = (name: string, evidence: typeof red) =>
  ({ kind: 'check', name, command: evidence.command, origin: 'package-script', evidence }) as const

/** What it put on record. */
export const recordedFacts: readonly FixFact[] = [
  {
    kind: 'place',
    origin: '/home/ada/shop',
    mirror: '/var/mirrors/shop.git',
    headSha: 'a'.repeat(40),
    baseSha: 'b'.repeat(40),
  },
  checked('types', red),
  checked('lint', lint),
  checked('e2e', e2e),
  checked('format', format),
  { kind: 'unreachable', name: 'deploy', because: 'it needs the action acme/deploy' },
  {
    kind: 'set-aside',
    setAside: { check: 'lint', reason: 'all-pre-existing', detail: '', evidence: lint },
  },
  {
    kind: 'set-aside',
    setAside: { check: 'e2e', reason: 'flaky', detail: 'green in 2 of 4 reruns', evidence: e2e },
  },
  {
    kind: 'trial',
    trial: {
      check: 'types',
      strategy: 'types/spelling',
      description: 'Spelt `format` as `formal`.',
      verdict: 'It brought a failure that was not there before.',
    },
  },
  {
    kind: 'trial',
    trial: {
      check: 'types',
      strategy: 'types/import',
      description: 'Imported `format`.',
      verdict: 'kept',
    },
  },
  {
    kind: 'repair',
    repair: {
      check: 'types',
      command: red.command,
      strategies: ['types/import'],
      descriptions: ['Imported `format` from ./format.ts in src/cli.ts'],
      rootCauses: ['src/cli.ts used `format` without importing it'],
      risk: 'safe',
      mode: 'apply',
      patch: [{ path: 'src/cli.ts', content: '' }],
      before: red,
      after: green,
    },
  },
  { kind: 'proof', entry: { check: 'types', before: red, after: green, verdict: 'fixed' } },
  {
    kind: 'proof',
    entry: { check: 'format', before: format, after: format, verdict: 'still-green' },
  },
  {
    kind: 'judgement',
    severity: 'medium',
    priority: 5,
    title: 'types',
    risk: { level: 'review', marks: [{ class: 'cors', path: 'src/cli.ts', line: 2, by: 'diff' }] },
    work: 'fix_bugs',
  },
  { kind: 'commit', sha: 'c'.repeat(40), check: 'types', branch: 'auto-fix/00000001-types' },
  { kind: 'delivered', branch: 'auto-fix/00000001-types' },
]
