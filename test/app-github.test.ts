import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { ownSecrets } from '#adapters/secrets/own-secrets.ts'

import { openGitHub } from '../src/app-github.ts'
import { openShop } from './support/github/shop.ts'
import { until } from './support/service.ts'

test('a command of the operator deploys, and GitHub shows it as a deployment', async () => {
  const place = mkdtempSync(join(tmpdir(), 'app-github-'))
  const folder = join(place, 'acme/kiosk')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'production'), '#!/bin/sh\necho "$DEPLOY_SHA is up"\n')
  chmodSync(join(folder, 'production'), 0o755)
  const shop = await openShop()
  const { app, privateKey } = shop.keeper
  const { hosting } = openGitHub(
    { appId: app.id, privateKey, webhookSecret: 's', apiUrl: shop.github.api },
    ownSecrets(),
    { home: place, deploys: { vercel: null, commands: place } },
  )
  const bring = () =>
    hosting.target.bring({
      repository: {
        installation: shop.installation.id,
        id: shop.repository.id,
        owner: 'acme',
        name: 'kiosk',
      },
      environment: 'production',
      sha: shop.first,
      task: 'deploy',
      means: 'command',
      patienceSeconds: 60,
      taskId: 'task-1',
      key: 'run_1 deploy',
    })
  await until(async () => (await bring()).kind === 'live')
  const [deployment, ...others] = shop.repository.deployments
  await shop.close()
  rmSync(place, { recursive: true })

  expect(others).toEqual([])
  expect(deployment).toMatchObject({ sha: shop.first, environment: 'production' })
  expect(deployment?.statuses.map(({ state }) => state)).toEqual(['queued', 'success'])
})
