import type { CiClaim, CiReport } from '#domain/ci.ts'

/** What CI says of a red check; a test gives what it is about. */
export function ciReportOf(more: Partial<CiReport>): CiReport {
  return {
    check: 'lint',
    conclusion: 'failure',
    job: { name: 'lint', workflow: '.github/workflows/ci.yml', step: 'Run npm run lint' },
    title: null,
    summary: null,
    annotations: [],
    log: { kind: 'none' },
    ...more,
  }
}

/** The same, with what was made of it. */
export function ciClaimOf(more: Partial<CiClaim>): CiClaim {
  return {
    report: ciReportOf({}),
    trouble: null,
    checks: ['lint'],
    unreachable: [],
    findings: [],
    ...more,
  }
}
