import { quote } from 'shell-quote'

import type { Finding } from '#domain/finding.ts'
import type { Patch } from '#domain/patch.ts'
import type { Candidate, Fixer, FixRequest } from '#ports/fixer.ts'

import { programPath } from '../observer/program-path.ts'
import { optionsOf, without } from '../tools/arguments.ts'
import { testReport } from '../tools/test-report.ts'
import { differsOnlyInSnapshots } from './inline-snapshots.ts'
import { type Complaint, complaintsOf, fromDirectory } from './tool-call.ts'

const isRunner = ({ tool }: Finding): boolean => tool === 'vitest' || tool === 'jest'

/**
 * Writes stale snapshots anew, which proves nothing about the code: only where the owner asked for it, only when every
 * failed test of those files failed for its snapshot alone, and only snapshots change (the gate of fixers.md B2).
 */
export const snapshot: Fixer = {
  id: 'snapshot/update',
  rung: 'snapshot',
  applies: ({ findings, snapshotsAllowed }) =>
    snapshotsAllowed && findings.some((each) => isRunner(each) && each.rule === 'snapshot'),
  propose: async (request) => {
    if (!request.snapshotsAllowed) return []
    const proposed = await Promise.all(
      complaintsOf(request, isRunner).map((each) => updated(request, staleOnly(each))),
    )
    return proposed.flat()
  },
}

/** The files in which nothing but snapshots failed. */
function staleOnly(complaint: Complaint): Complaint {
  const mixed = new Set(
    complaint.findings.filter(({ rule }) => rule !== 'snapshot').map(({ file }) => file),
  )
  return { ...complaint, files: complaint.files.filter((file) => !mixed.has(file)) }
}

async function updated(request: FixRequest, complaint: Complaint): Promise<readonly Candidate[]> {
  if (complaint.files.length === 0) return []
  const { stdout, files: written } = await request.workspace.run(request.patch, {
    command: script(complaint),
    directory: complaint.invocation.directory,
    collect: true,
    env: { CI: 'true', NO_COLOR: '1' },
  })
  if (!isGateOpen(stdout)) return []
  const patch = written.filter(({ path }) => !path.startsWith('.goalkeeper'))
  const allowed = patch.every((edit) => isSnapshotEdit(request, complaint, edit))
  return patch.length === 0 || !allowed ? [] : [candidateOf(patch)]
}

/** One report before, one update after, in one sandbox. */
function script({ invocation, files }: Complaint): string {
  const { tool, argv, directory } = invocation
  const options = optionsOf(
    without(argv, {
      valued: ['--reporter', '--reporters', '--outputFile'],
      flags: ['--json', '--ci'],
    }),
    ['-c', '--config', '--root', '--dir', '--project', '--selectProjects', '--rootDir'],
  ).filter((each) => !each.startsWith('--coverage'))
  const paths = fromDirectory(directory, files)
  const base = tool === 'vitest' ? ['vitest', 'run', ...options] : ['jest', ...options]
  const report =
    tool === 'vitest'
      ? ['--reporter=json', '--outputFile=/tmp/goalkeeper-snapshots.json']
      : ['--ci', '--json', '--outputFile=/tmp/goalkeeper-snapshots.json']
  const path = programPath(directory)
  return [
    'set +e',
    'rm -f /tmp/goalkeeper-snapshots.json',
    `${path} ${quote([...base, ...report, ...paths])} > /dev/null 2>&1`,
    'cat /tmp/goalkeeper-snapshots.json',
    `${path} ${quote([...base, '-u', ...paths])} > /dev/null 2>&1`,
    'true',
  ].join('\n')
}

/** Each failed test has a snapshot that did not match, and each such snapshot a failed test. */
function isGateOpen(stdout: string): boolean {
  const report = testReport(stdout)
  if (report === null || report.numFailedTests === 0) return false
  const loaded = report.testResults.every(
    ({ status, assertionResults }) => status !== 'failed' || assertionResults.length > 0,
  )
  return loaded && report.snapshot?.unmatched === report.numFailedTests
}

function isSnapshotEdit(
  { workspace, patch }: FixRequest,
  { files }: Complaint,
  { path, content }: Patch[number],
): boolean {
  if (content === null) return false
  if (path.endsWith('.snap')) return true
  const before = workspace.read(path, patch)
  return files.includes(path) && before !== null && differsOnlyInSnapshots(path, before, content)
}

function candidateOf(patch: Patch): Candidate {
  const paths = patch.map(({ path }) => path).join(', ')
  return {
    strategy: 'snapshot/update',
    description: `Wrote the snapshots in ${paths} anew`,
    rootCause: `The snapshots in ${paths} did not match what the code returns`,
    patch,
    risk: 'review',
  }
}
