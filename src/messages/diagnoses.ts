import type { Diagnosis } from './doctor.ts'

/** What to run when something of the machine is missing. */
export const setUp = 'npm run setup'

export const switchedOff: Diagnosis = {
  name: 'Kill switch',
  state: 'warning',
  found: 'AGENT_ENABLED is false: nothing is published',
  remedy: 'Unset AGENT_ENABLED, or set it to true.',
}

export function environment(problem: string): Diagnosis {
  const remedy = 'Correct the variables named above; .env.example explains each.'
  return { name: 'Environment', state: 'missing', found: problem, remedy }
}

export function home(directory: string, problem: string | null): Diagnosis {
  if (problem === null) return { name: 'Home', state: 'ok', found: directory, remedy: null }
  const remedy = 'Make it writable, or set GOALKEEPER_HOME to a directory that is.'
  return { name: 'Home', state: 'missing', found: problem, remedy }
}

/** Node 24 runs TypeScript as it stands (docs/decisions/0006-node-24.md). */
export function node(version: string): Diagnosis {
  const ok = Number(version.split('.')[0]) >= 24
  const remedy = 'Start it with npm run, after npm ci; or install Node 24 or newer.'
  return { name: 'Node', state: ok ? 'ok' : 'missing', found: version, remedy: ok ? null : remedy }
}

/** `git merge-tree`, `--end-of-options` and safe protocols are there since 2.30. */
export function git(version: string | null): Diagnosis {
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(version ?? '') ?? []
  const ok = Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 30)
  return {
    name: 'git',
    state: ok ? 'ok' : 'missing',
    found: version ?? 'not found',
    remedy: ok ? null : 'Install git 2.30 or newer, e.g. apt-get install -y git',
  }
}

export function npm(version: string | null): Diagnosis {
  const remedy = 'Install npm; repositories that use it need it for their dependencies.'
  return version === null
    ? { name: 'npm', state: 'missing', found: 'not found', remedy }
    : { name: 'npm', state: 'ok', found: version, remedy: null }
}

export function sandbox(
  proof:
    | { readonly kind: 'holds'; readonly mechanism: string }
    | { readonly kind: 'refuses'; readonly because: string; readonly remedy: string },
): Diagnosis {
  return proof.kind === 'holds'
    ? { name: 'Sandbox', state: 'ok', found: `holds (${proof.mechanism})`, remedy: null }
    : { name: 'Sandbox', state: 'missing', found: proof.because, remedy: proof.remedy }
}

export function database(of: {
  readonly embedded: boolean
  readonly version: string | null
  readonly problem: string | null
}): Diagnosis {
  const name = of.embedded ? 'Database (embedded PostgreSQL)' : 'Database (DATABASE_URL)'
  if (of.problem === null)
    return { name, state: 'ok', found: `PostgreSQL ${of.version ?? '?'}`, remedy: null }
  const remedy = of.embedded
    ? 'Run npm ci again, or set DATABASE_URL to a PostgreSQL server.'
    : 'Check that the server runs and that DATABASE_URL names it.'
  return { name, state: 'missing', found: of.problem, remedy }
}
