import { expect, test } from 'vitest'

import { digestOf } from '../src/app-gate.ts'
import { deployWorld } from './support/deploy-world.ts'
import { gatedChange, maria, repository } from './support/gated-change.ts'

const rules = `environments:
  production: { approvals: 1 }
`
const place = { repository: repository.id, pull: 5, environment: 'production' }
const digits = (text: string | undefined) => /plan `([\da-f]{12})`/.exec(text ?? '')?.[1]

/** A gated change, and what its check run says. */
function world() {
  const change = gatedChange(rules)
  const summaries: string[] = []
  const { deploys } = change.parts.hosting
  const { show } = deploys
  Object.assign(deploys, {
    show: (...of: Parameters<typeof show>) => {
      summaries.push(of[1].summary)
      return show(...of)
    },
  })
  const approve = () => change.write(maria, 'approve-deploy', change.change().sha)()
  const decided = async () => (await change.parts.approvals.of(place)).at(-1)?.plan ?? ''
  return { change, approve, decided, check: () => digits(summaries.at(-1)) }
}

test('an approval is bound to a plan: the check, the comment and the decision have the same digits of it', async () => {
  const { change, approve, decided, check } = world()
  await change.hear()
  const before = check()
  await approve()
  const digest = digestOf(await decided()).slice(0, 12)
  expect([before, check(), digits(change.said.at(-1))]).toEqual([digest, digest, digest])
})

test('where the plan changes so do its digits, and the gate is closed until somebody approves that one', async () => {
  const { change, approve, check } = world()
  await change.hear()
  await approve()
  const before = check()
  expect(change.gate()).toBe('success')
  change.configurations.set('main', rules.replace('1 }', '1, deploy: { bake-seconds: 60 } }'))
  await change.hear()
  expect(change.gate()).toBe('action_required')
  expect(check()).toMatch(/^[\da-f]{12}$/)
  expect(check()).not.toBe(before)
  change.pass(1)
  await approve()
  expect(change.gate()).toBe('success')
})

test('a deploy tells for which plan its approval was', async () => {
  const { change, next, notes } = deployWorld({})
  await next(5, 'a')
  const told = digits(change.said.find((body) => digits(body) !== undefined))
  expect(notes).toContain(`approved by maria for the plan ${told}`)
})
