import { describe, expect, test } from 'vitest'

import type { CiReport } from '#domain/ci.ts'
import { troubleOf } from '#policy/ci-trouble.ts'

import { ciReportOf } from '../support/ci-world.ts'

const says = (message: string, conclusion = 'failure'): CiReport =>
  ciReportOf({
    conclusion,
    annotations: [{ path: '.github', line: 1, level: 'failure', message }],
  })

const printed = (command: string, text: string): CiReport =>
  ciReportOf({ log: { kind: 'read', command, exitCode: 1, text } })

describe('a red check speaks of its machine', () => {
  test.each([
    ['cancelled', ciReportOf({ conclusion: 'cancelled' }), 'cancelled'],
    ['out of time', ciReportOf({ conclusion: 'timed_out' }), 'timed-out'],
    [
      'a job over its time',
      says(
        'The job running on runner GitHub Actions 3 has exceeded the maximum execution time of 6 minutes.',
      ),
      'timed-out',
    ],
    [
      'a cancelled job that was over its time',
      says('The job has exceeded the maximum execution time of 6h0m0s', 'cancelled'),
      'timed-out',
    ],
    [
      'a lost runner',
      says(
        'The hosted runner: GitHub Actions 12 lost communication with the server. Anything in …',
      ),
      'runner-lost',
    ],
    [
      'a runner that was shut down',
      says('The runner has received a shutdown signal. This can happen when …', 'cancelled'),
      'runner-lost',
    ],
    [
      'a bill that was not paid',
      says('The job was not started because recent account payments have failed or …'),
      'not-started',
    ],
    [
      'a workflow GitHub could not start',
      ciReportOf({ conclusion: 'startup_failure' }),
      'not-started',
    ],
    ['a full disk', says('System.IO.IOException: No space left on device : /x'), 'no-space'],
    ['a registry out of reach', printed('npm ci', 'npm error code ECONNRESET'), 'network'],
    [
      'a registry that has no name',
      printed('pnpm install --frozen-lockfile', 'getaddrinfo ENOTFOUND registry.npmjs.org'),
      'network',
    ],
    ['a service that is down', printed('yarn', '503 Service Unavailable'), 'network'],
    [
      'a limit met by an action',
      printed('actions/setup-node@v6', '##[error]API rate limit exceeded for installation'),
      'rate-limited',
    ],
    ['an install without space', printed('npm ci', 'npm error ENOSPC: write'), 'no-space'],
  ] as const)('%s', (_which, report, trouble) => {
    expect(troubleOf(report)).toBe(trouble)
  })
})

describe('a red check may speak of the code', () => {
  test.each([
    ['a plain failure', ciReportOf({})],
    ['an exit code', says('Process completed with exit code 1.')],
    ['a test that is about refused connections', printed('npm test', 'Error: ECONNREFUSED')],
    ['a lint rule that mentions a limit', printed('npm run lint', 'API rate limit exceeded')],
    ['a version that does not exist', printed('npm ci', 'npm error code ETARGET')],
    ['an action that is used wrongly', printed('actions/setup-node@v6', 'Unable to find 99')],
    ['a message that quotes GitHub', says('expected "The job was not started because" to be red')],
    ['a log that is gone', ciReportOf({ log: { kind: 'expired' } })],
  ] as const)('%s', (_which, report) => {
    expect(troubleOf(report)).toBeNull()
  })
})
