import { describe, expect, test } from 'vitest'

import { translate } from '#webhooks/translate.ts'

const sha = 'a'.repeat(40)
const address = 'https://api.github.com/repos/octo/kiosk/actions/runs/81/deployment_protection_rule'
const us = { appId: 3, login: 'goalkeeper[bot]' }

const heard = (more: Record<string, unknown> = {}) =>
  translate({
    id: 'd1',
    name: 'deployment_protection_rule',
    us,
    payload: {
      action: 'requested',
      environment: 'Production',
      event: 'push',
      deployment_callback_url: address,
      deployment: { id: 9, sha, ref: 'main', task: 'deploy' },
      repository: { id: 11, name: 'kiosk', default_branch: 'main', owner: { login: 'octo' } },
      installation: { id: 7 },
      sender: { login: 'goalkeeper[bot]', id: 99, type: 'Bot' },
      ...more,
    },
  })

describe('a job that waits for us', () => {
  test('is heard, also where we started its workflow', () => {
    expect(heard()).toMatchObject({
      kind: 'events',
      events: [{ kind: 'deploy-waits', run: 81, environment: 'Production', sha }],
    })
  })

  test('is heard from a server of its own', () => {
    const there = address.replace('api.github.com/', 'git.example/api/v3/')
    expect(heard({ deployment_callback_url: there }).kind).toBe('events')
  })

  test.each([
    ['of another repository', address.replace('kiosk', 'bank')],
    ['with a question', `${address}?x=1`],
    ['with a fragment', `${address}#x`],
    ['with a user', address.replace('https://', 'https://a:b@')],
    ['with dots', address.replace('/octo', '/x/../octo%2F')],
    ['without a number', address.replace('81', 'x')],
    ['with something behind it', `${address}/x`],
    ['that is none', 'nothing'],
  ])('is not heard with an address %s', (_what, deployment_callback_url) => {
    expect(heard({ deployment_callback_url })).toMatchObject({ because: 'unreadable' })
  })

  test.each([{ deployment: null }, { environment: '' }, { deployment: { sha: 'main' } }])(
    'is not heard without what it is about: %j',
    (more) => {
      expect(heard(more)).toMatchObject({ because: 'unreadable' })
    },
  )
})
