import type { Risk, RiskClass } from '#domain/risk.ts'
import type { DeployWeighed } from '#domain/rollback.ts'
import { isSafeKind, type WorkKind } from '#domain/work-kind.ts'

import { code } from './markdown.ts'

/** The kinds of work as people call them (S2-38). */
export const workKinds: Readonly<Record<WorkKind, string>> = {
  fix_bugs: 'bug fix',
  performance: 'performance',
  error_handling: 'error handling',
  logging: 'logging',
  ui: 'looks',
  docs: 'documents',
  refactoring: 'nothing that runs',
  dependency: 'dependencies',
  security: 'security',
  unknown: 'nobody can tell from its files',
}

const classes: Readonly<Record<RiskClass, string>> = {
  'database-schema': 'the schema of the database',
  authentication: 'who may log in and do what',
  environment: 'the environment',
  'breaking-api': 'an interface that others call',
  'dependency-update': 'dependencies',
  'security-fix': 'security',
  payments: 'payments',
  'user-data': 'data of people',
  encryption: 'encryption',
  'rate-limiting': 'limits of rates',
  cors: 'who may call from elsewhere',
  unknown: 'a kind of file that nobody knows',
}

const levels: Readonly<Record<Risk['level'], string>> = {
  never: '🛑 a person has to decide',
  review: '⚠️ a person has to look',
  safe: '⚠️ look at what it does',
}

const most = 5

/** One line of Markdown for whoever decides about a deploy: what the change is, and what of it a person has to look at. */
export function workLine({ work, risk }: Pick<DeployWeighed, 'work' | 'risk'>): string | null {
  if (work === null || risk === null) return null
  if (risk.level === 'safe' && isSafeKind(work))
    return `What it changes: ✅ ${workKinds[work]}, which is safe as a rule`
  const told = risk.marks.slice(0, most).map(({ class: of, path, line }) => {
    const at = line === null ? '' : `:${line}`
    return `${classes[of]} (${code(`${path}${at}`)})`
  })
  const more = risk.marks.length > most ? [`and ${risk.marks.length - most} more`] : []
  const why = told.length === 0 ? [workKinds[work]] : told
  return `What it changes: ${levels[risk.level]}: ${[...why, ...more].join(', ')}`
}
