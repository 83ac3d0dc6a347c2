import { openDatabase } from '#adapters/postgres/database.ts'
import { decidedPlans } from '#adapters/postgres/decided-plans.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { prepareMachine } from '#adapters/sandbox/machine.ts'
import { createSandbox } from '#adapters/sandbox/sandbox.ts'
import { versionOf, whyNotWritable } from '#adapters/system/diagnose.ts'
import { systemClock } from '#adapters/system/world.ts'
import type { Settings } from '#config/environment.ts'
import * as said from '#messages/diagnoses.ts'
import { type Diagnosis, doctorText } from '#messages/doctor.ts'

import { diagnoseApp } from './cli-doctor-app.ts'
import { diagnoseDeploys } from './cli-doctor-deploys.ts'
import { exitCodes, settings } from './cli-settings.ts'

/** Says what is missing or misconfigured, each with its remedy. Answers 1 when something blocks. */
export async function doctorCommand(): Promise<number> {
  const diagnoses = await diagnose()
  process.stdout.write(doctorText(diagnoses))
  return diagnoses.some(({ state }) => state === 'missing') ? exitCodes.red : exitCodes.green
}

async function diagnose(): Promise<readonly Diagnosis[]> {
  const read = environment()
  if ('state' in read) return [read]
  const home = said.home(read.home, await whyNotWritable(read.home))
  const machine = [
    said.node(process.versions.node),
    said.git(await versionOf('git', ['--version'])),
    said.npm(await versionOf('npm', ['--version'])),
    home,
  ]
  if (home.state !== 'ok') return machine
  const app = await diagnoseApp(read, systemClock)
  return [...machine, await sandbox(read), ...(await database(read)), ...app, ...killSwitch(read)]
}

function environment(): Settings | Diagnosis {
  try {
    return settings()
  } catch (error) {
    return said.environment(messageOf(error))
  }
}

async function sandbox({ home }: Settings): Promise<Diagnosis> {
  try {
    return said.sandbox(await createSandbox(prepareMachine({ home })).prove())
  } catch (error) {
    return said.sandbox({ kind: 'refuses', because: messageOf(error), remedy: said.setUp })
  }
}

async function database(read: Settings): Promise<readonly Diagnosis[]> {
  const { databaseUrl, home } = read
  const embedded = databaseUrl === null
  try {
    const server = await openDatabase({ databaseUrl, directory: home })
    const pool = openPool(server.url, 1)
    try {
      const { rows } = await pool.query<{ version: string }>(
        `select current_setting('server_version') as version`,
      )
      const found = { embedded, version: rows[0]?.version ?? '?', problem: null }
      return [said.database(found), ...(await diagnoseDeploys(read, await decidedPlans(pool)))]
    } finally {
      await pool.end()
      await server.stop()
    }
  } catch (error) {
    return [said.database({ embedded, version: null, problem: messageOf(error) })]
  }
}

function killSwitch({ agentEnabled }: Settings): readonly Diagnosis[] {
  return agentEnabled ? [] : [said.switchedOff]
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
