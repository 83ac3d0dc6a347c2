import { expect, test } from 'vitest'

import type { Account } from '#domain/account.ts'
import type { DeployFacts } from '#domain/deploy-facts.ts'
import type { DeployWeighed } from '#domain/rollback.ts'
import { replayText } from '#messages/replay.ts'
import { replay } from '#policy/replay.ts'

import { hardlyRecorded, repairedAndDeployed, takenBack } from '../support/recorded-account.ts'

/** The story of a deploy with other facts. */
function withFacts(account: Account, fields: Partial<DeployFacts>): Account {
  const runs = account.runs.map((one) => {
    return one.deploy === null
      ? one
      : { ...one, deploy: { ...one.deploy, what: { ...one.deploy.what, ...fields } } }
  })
  return { ...account, runs }
}
const told = (account: Account) =>
  replay(account, new Map()).map(
    ({ what, before, today }) => `${what} ${before} → ${today ?? 'unknown'}`,
  )

const few = {
  before: { errors: 15, requests: 3000 },
  after: { errors: 16, requests: 3000 },
  detail: '',
}

test.each<[string, Account, readonly string[]]>([
  [
    'a good one is good',
    repairedAndDeployed,
    ['safety safe → safe', 'verdict pass → pass', 'end verified → verified'],
  ],
  [
    'a bad one is bad',
    takenBack,
    ['safety safe → safe', 'verdict rate-risen → rate-risen', 'end rolled-back → rolled-back'],
  ],
  ['one that did not build', hardlyRecorded, ['end not-deployed → not-deployed']],
  [
    'one that an older rule took back for one more error is good today',
    withFacts(takenBack, { seen: few }),
    ['safety safe → safe', 'verdict rate-risen → pass', 'end rolled-back → verified'],
  ],
  [
    'one whose probe failed cannot be judged again',
    withFacts(takenBack, { because: 'probe-failed' }),
    ['safety safe → safe', 'verdict probe-failed → unknown', 'end rolled-back → unknown'],
  ],
])('decided again, %s', (_what, account, lines) => {
  expect(told(account)).toEqual(lines)
})

test('it says which would be decided otherwise, and how many', () => {
  const text = replayText(replay(withFacts(takenBack, { seen: few }), new Map()))
  expect(text).toContain(
    '≠ run_20251018-140022-00000002  verdict on production: rate-risen; today pass',
  )
  expect(text).toContain('2 of 3 would be decided otherwise today.')
})

function weighing(weighed: DeployWeighed): Account {
  return { taskId: null, runs: takenBack.runs.slice(1).map((one) => ({ ...one, weighed })) }
}

const small: DeployWeighed = {
  committedAt: null,
  files: ['src/a.ts'],
  rollback: { level: 'safe', marks: [] },
  work: null,
  risk: { level: 'safe', marks: [] },
}

test.each<[string, Partial<DeployWeighed>, string]>([
  ['paths that are for people today', { files: ['src/auth/a.ts'] }, 'safe → never'],
  ['what a diff showed then', { risk: marked('diff') }, 'review → review'],
  ['a path that is for nobody any more', { risk: marked('path') }, 'review → safe'],
  ['more files than were read', { files: Array(201).fill('src/a.ts') }, 'safe → unknown'],
  ['no risk on record', { risk: null }, 'not on record → unknown'],
])('the safety policy on %s', (_what, more, line) => {
  const [said] = replay(weighing({ ...small, ...more }), new Map())
  expect(`${said?.before} → ${said?.today ?? 'unknown'}`).toBe(line)
})

function marked(by: 'path' | 'diff'): NonNullable<DeployWeighed['risk']> {
  return { level: 'review', marks: [{ class: 'cors', path: 'src/a.ts', line: null, by }] }
}
