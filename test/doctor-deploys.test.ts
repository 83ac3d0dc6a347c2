import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { readEnvironment } from '#config/environment.ts'
import { gateRules } from '#domain/gate.ts'

import { diagnoseDeploys } from '../src/cli-doctor-deploys.ts'

const machine = { uid: 0, userHome: '/root' }

/** What is said of these variables, where people decided about environments with these plans. */
async function said(variables: Record<string, string>, ...deploys: readonly object[]) {
  const plans = deploys.map((deploy, at) => ({
    repository: at + 1,
    environment: 'production',
    rules: gateRules.parse({ deploy }),
  }))
  const found = await diagnoseDeploys(readEnvironment(variables, machine), plans)
  return found.map(({ state, name, found: what }) => `${state} ${name}: ${what}`)
}

const sentry = { metrics: { sentry: 'acme', project: 7 } }
const probed = { probes: [{ url: 'https://shop.example.com/health' }] }
const counted = { metrics: { json: 'http://10.0.0.1:9000/counts' } }

describe('rules that ask for what is not set', () => {
  test.each<[string, Record<string, string>, object]>([
    ['VERCEL_TOKEN is not set', {}, { by: { vercel: 'prj_1' } }],
    ['DEPLOY_COMMANDS is not set', {}, { by: 'command' }],
    ['SENTRY_TOKEN and SENTRY_PROJECTS are not set', {}, sentry],
    [
      'SENTRY_PROJECTS of Goalkeeper does not name',
      { SENTRY_TOKEN: 'long-enough', SENTRY_PROJECTS: 'acme/8' },
      sentry,
    ],
    ['WATCH_HOSTS of Goalkeeper does not name', { WATCH_HOSTS: 'other.example.com' }, probed],
    ['WATCH_HOSTS of Goalkeeper does not name', { WATCH_HOSTS: 'shop.example.com' }, counted],
  ])('are told with the variable: %s', async (words, variables, deploy) => {
    const told = await said(variables, deploy)
    expect(told).toHaveLength(2)
    expect(told[1]).toContain(`warning Deploys: ${words}`)
    expect(told[1]).toContain('asked for by production of repository 1')
  })

  test.each<[string, Record<string, string>, object]>([
    ['a workflow', {}, { by: { workflow: 'deploy.yml' } }],
    ['nobody of ours', {}, {}],
    ['Vercel, with its token', { VERCEL_TOKEN: 'long-enough' }, { by: { vercel: 'prj_1' } }],
    ['a project that is named', { SENTRY_TOKEN: 'long-enough', SENTRY_PROJECTS: 'acme/7' }, sentry],
    ['a host with its port', { WATCH_HOSTS: '10.0.0.1:9000' }, counted],
    ['any host', { WATCH_HOSTS: '*' }, { ...probed, ...counted }],
  ])('are none where %s is asked for', async (_what, variables, deploy) => {
    expect(await said(variables, deploy)).toHaveLength(1)
  })

  test('are told once for each setting, with some of the places', async () => {
    const vercel = { by: { vercel: 'prj_1' } }
    const told = await said({}, vercel, vercel, vercel, vercel, sentry)
    expect(told).toHaveLength(3)
    expect(told[1]).toContain('of repository 3 and 1 more')
    expect(await said({}, { ...probed, ...counted })).toHaveLength(2)
  })
})

test('a folder of commands that is not there, or has none that may run, is told', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'commands-'))
  const told = () => said({ DEPLOY_COMMANDS: folder })
  await mkdir(join(folder, 'octo/kiosk'), { recursive: true })
  await writeFile(join(folder, 'octo/kiosk/production'), '#!/bin/sh', { mode: 0o600 })
  expect(await told()).toContain(`warning DEPLOY_COMMANDS: ${folder} has no command`)
  await chmod(join(folder, 'octo/kiosk/production'), 0o700)
  expect(await told()).toEqual(['ok Deploys and news: commands'])
  await rm(folder, { recursive: true })
  expect(await told()).toContain(`warning DEPLOY_COMMANDS: ${folder} cannot be read`)
})

test('what is set is told by name, and no value of it', async () => {
  const secrets = {
    VERCEL_TOKEN: 'vercel-secret',
    SLACK_WEBHOOK_URL: 'https://hooks.example.com/secret',
    SMTP_URL: 'smtps://robot:secret@mail.example.com',
    MAIL_FROM: 'robot@example.com',
    MAIL_TO: 'ann@example.com',
  }
  expect(await said(secrets)).toEqual(['ok Deploys and news: Vercel, Slack by webhook, e-mail'])
  expect(await said({})).toEqual(['ok Deploys and news: nothing is set besides GitHub'])
})
