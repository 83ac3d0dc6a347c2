import { createRequire } from 'node:module'

import { assert, constantFrom, jsonValue, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

import type { Heard } from '#domain/heard.ts'
import { hubEvent, type HubEvent } from '#domain/hub-event.ts'
import { needless, translate } from '#webhooks/translate.ts'

const require = createRequire(import.meta.url)
const examples = z
  .array(z.object({ name: z.string(), examples: z.array(z.looseObject({})) }))
  .parse(require('@octokit/webhooks-examples'))

const us = { appId: 4242, login: 'goalkeeper[bot]' }

interface Example {
  readonly name: string
  readonly payload: object
}

const all: readonly Example[] = examples.flatMap(({ name, examples: payloads }) =>
  payloads.map((payload) => ({ name, payload })),
)
/** As an installation of the App gets it; recorded payloads mostly come from webhooks of a repository. */
const installed = all.map(({ name, payload }) => ({
  name,
  payload: { installation: { id: 5 }, ...payload },
}))

const hear = ({ name, payload }: { readonly name: string; readonly payload: unknown }) =>
  translate({ id: 'd', name, payload, us })

/** What each real payload means, as counted kinds: whoever adds a translation sees here what it adds. */
function meanings(of: readonly Example[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const one of of) {
    const heard = hear(one)
    const kinds = heard.kind === 'events' ? heard.events.map(({ kind }) => kind) : [heard.because]
    for (const kind of kinds) {
      const key = `${one.name}: ${kind}`
      if (kind !== 'unknown-event') counts[key] = (counts[key] ?? 0) + 1
    }
  }
  return counts
}

test('there are 329 recorded payloads to replay', () => {
  expect(all).toHaveLength(329)
})

test('every recorded payload means what it says, and none is misread', () => {
  expect(meanings(installed)).toMatchInlineSnapshot(`
    {
      "check_run: check-failed": 1,
      "check_run: checks-completed": 2,
      "check_run: not-asked": 1,
      "check_run: other-action": 5,
      "check_suite: checks-completed": 4,
      "check_suite: other-action": 5,
      "deployment_status: deployment-reported": 3,
      "deployment_status: not-over": 1,
      "installation: installation-changed": 7,
      "installation_repositories: installation-changed": 3,
      "issue_comment: not-asked": 5,
      "issue_comment: words-changed": 4,
      "issues: not-asked": 3,
      "issues: other-action": 26,
      "merge_group: merge-queued": 2,
      "pull_request: other-action": 10,
      "pull_request: pull-changed": 11,
      "pull_request: pull-request-closed": 2,
      "pull_request: pull-request-opened": 6,
      "pull_request_review: not-asked": 3,
      "pull_request_review: words-changed": 1,
      "pull_request_review_comment: not-asked": 3,
      "pull_request_review_comment: words-changed": 2,
      "push: branch-pushed": 2,
      "push: not-a-branch": 5,
      "status: checks-completed": 4,
      "workflow_run: deployment-reported": 1,
      "workflow_run: not-red": 2,
      "workflow_run: other-action": 2,
    }
  `)
})

test('what was not sent to an installation of the App means nothing', () => {
  const heard = all.filter(({ payload }) => !('installation' in payload)).map(hear)

  expect(heard.filter(({ kind }) => kind === 'events')).toEqual([])
})

test('every event that comes out is one in our own words, under the id of its delivery', () => {
  const events = installed.flatMap((example) => eventsOf(hear(example)))

  expect(events.map((event) => hubEvent.parse(event))).toEqual(events)
  expect(new Set(events.map(({ deliveryId }) => deliveryId))).toEqual(new Set(['d']))
})

function eventsOf(heard: Heard): readonly HubEvent[] {
  return heard.kind === 'events' ? heard.events : []
}

test('the door keeps what means something and what cannot be read, and nothing else', () => {
  for (const example of installed) {
    const heard = hear(example)
    const isIgnored = heard.kind === 'ignored' && heard.because !== 'unreadable'
    const because = needless({ name: example.name, us }, () => example.payload)
    expect(because).toBe(isIgnored ? heard.because : null)
  }
})

describe('a payload that is no longer what GitHub sends', () => {
  const known = installed.filter((example) => eventsOf(hear(example)).length > 0)

  test.each(known.map((one) => [one.name, one] as const))(
    'is explained and never an error, whichever field of %s is missing or wrong',
    (_name, { name, payload }) => {
      const broken = pathsOf(payload)
        .slice(0, 400)
        .flatMap((path) =>
          [undefined, null, 0, 'x', [], {}].map((value) => replaced(payload, path, value)),
        )

      const heard = broken.map((one) => hear({ name, payload: one }))

      expect(() => heard.flatMap(eventsOf).map((event) => hubEvent.parse(event))).not.toThrow()
      expect(new Set(heard.map(({ kind }) => kind))).toContain('ignored')
    },
  )

  test('is explained and never an error, whatever it is', () => {
    const names = [...new Set(all.map(({ name }) => name)), 'constructor', '__proto__']
    assert(
      property(constantFrom(...names), jsonValue(), (name, payload) => {
        expect(hear({ name, payload }).kind).toBe('ignored')
      }),
      { numRuns: 500 },
    )
  })
})

type Path = readonly (string | number)[]

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || at.length > 3) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    [...at, key],
    ...pathsOf(inner, [...at, key]),
  ])
}

function replaced(payload: object, path: Path, value: unknown): unknown {
  const copy: unknown = structuredClone(payload)
  let inner: unknown = copy
  for (const key of path.slice(0, -1)) {
    inner = typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined
  }
  const last = path.at(-1)
  if (typeof inner === 'object' && inner !== null && last !== undefined) {
    Reflect.set(inner, last, value)
  }
  return copy
}
