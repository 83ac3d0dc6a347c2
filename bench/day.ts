import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

import { by, comment, redCheck } from '../test/support/attack-world.ts'
import { openShop } from '../test/support/github/shop.ts'
import { told } from '../test/support/history.ts'
import { freePort, startService } from '../test/support/service.ts'

// A day of an organisation's webhooks in minutes, hour by hour, to the service as a process of its own: does it grow?
// Most mean nothing; some are kept, handled and found not to be for us; a few need a question to GitHub. None starts a run.
const hours = 24
const perHour = Number(process.env['PER_HOUR'] ?? 1000)
const atOnce = 20
/** The last quarter of the day against its second. */
const goal = 1.1

const home = mkdtempSync(join(tmpdir(), 'goalkeeper-day-'))
chmodSync(home, 0o711)
const shop = await openShop()
const { keeper, github, repository, installation } = shop
const port = await freePort()
const { privateKey } = keeper
const service = startService({ home, port, appId: keeper.app.id, privateKey, apiUrl: github.api })

const at = {
  installation: { id: installation.id },
  repository: {
    id: repository.id,
    name: repository.name,
    default_branch: 'main',
    owner: { login: 'acme' },
  },
}

/** What comes, by turns. */
function delivery(number: number) {
  switch (number % 20) {
    case 0:
      return comment('/auto-fix', { ...at, ...by('stranger') })
    case 1:
    case 2:
      return redCheck(
        { head_branch: `auto-fix/${number}-x`, output: { text: 'x'.repeat(5000) } },
        at,
      )
    case 3:
      return comment('please look at this', at)
    case 4:
      return redCheck({ conclusion: 'success' }, at)
    default:
      return told(number % 2 === 0 ? 'status' : 'star', at, { text: 'x'.repeat(2000) })
  }
}

let turnedAway = 0

/** False where the database did not keep up: GitHub is asked for such a delivery later, here it comes at once. */
async function isTaken(name: string, payload: object, id: string): Promise<boolean> {
  const status = await service.deliver(name, payload, id)
  if (status !== 202 && status !== 503) throw new Error(`answered ${status}`)
  return status === 202
}

async function hour(number: number): Promise<void> {
  let next = 0
  const one = async (): Promise<void> => {
    for (; next < perHour;) {
      next += 1
      const { id, name, payload } = delivery(number * perHour + next)
      while (!(await isTaken(name, JSON.parse(payload), id))) turnedAway += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
}

/** Resident memory of the service, in megabytes, when it has had a moment to itself. */
async function residentMb(): Promise<number> {
  await sleep(1500)
  const status = readFileSync(`/proc/${service.process.pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / 1024
}

/** What is left after the collector came by; how much it had let lie until then says nothing of a leak. */
function least(of: readonly number[]): number {
  return of.reduce((low, one) => Math.min(low, one), Infinity)
}

try {
  await service.until('ready')
  const start = performance.now()
  const seen = [await residentMb()]
  for (let number = 1; number <= hours; number += 1) {
    await hour(number)
    seen.push(await residentMb())
  }
  const took = (performance.now() - start) / 1000
  const [morning, evening] = [least(seen.slice(7, 13)), least(seen.slice(19))]
  const ratio = evening / morning
  const shown = [0, 1, 6, 12, 18, 24].map((each) => `${each} h ${seen[each]?.toFixed(0)} MB`)
  process.stdout.write(
    [
      `${hours * perHour} deliveries in ${took.toFixed(0)} s, ${turnedAway} turned away and delivered again`,
      `resident  ${shown.join(', ')}`,
      `          evening ${ratio.toFixed(2)}x of the morning (goal ${goal}x: ${ratio <= goal ? 'held' : 'missed'})`,
      '',
    ].join('\n'),
  )
} finally {
  service.process.kill('SIGTERM')
  await service.process
  await shop.close()
  rmSync(home, { recursive: true, force: true })
}
