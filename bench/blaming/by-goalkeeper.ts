import { randomUUID } from 'node:crypto'

import { readEnvironment } from '#config/environment.ts'
import { fixFact } from '#domain/fix-fact.ts'
import { runIdAt } from '#domain/run.ts'

import { type App, openApp } from '../../src/app.ts'

export interface Blamed {
  /** The commits that were named. */
  readonly named: readonly string[]
  /** How often a command was run to find them, and on how many commits. */
  readonly runs: number
  readonly commits: number
  /** A branch without them was left, proved. */
  readonly reverted: boolean
  readonly seconds: number
}

export async function openGoalkeeper(home: string): Promise<App> {
  const app = await openApp({
    settings: readEnvironment(
      { ...process.env, GOALKEEPER_HOME: home, CI: 'true' },
      { uid: process.getuid?.() ?? null, userHome: home },
    ),
    env: process.env,
    listener: { tell: () => undefined },
  })
  await app.sandbox.prove()
  return app
}

/** Asks which commit did it, and reads the answer from the record. */
export async function blame(app: App, repository: string, good: string | null): Promise<Blamed> {
  const started = performance.now()
  const id = runIdAt(new Date(), randomUUID().slice(0, 8))
  await app.engine.start(id, 'culprit', {
    kind: 'culprit-requested',
    repository,
    ref: null,
    base: null,
    checks: ['npm test'],
    taskId: randomUUID(),
    publish: true,
    good,
  })
  await app.engine.result(id)
  const seconds = (performance.now() - started) / 1000
  const entries = await app.store.audit(id)
  const facts = entries
    .filter(({ type }) => type.startsWith('fix-'))
    .map(({ data }) => fixFact.parse(data))
  const looks = (await app.store.evidence(id))
    .map(({ key }) => key.split('/'))
    .filter(([first]) => first === 'look')
  await app.repositories.release(id)
  return {
    named: facts.flatMap((fact) => (fact.kind === 'culprit' ? [fact.culprit.commit.sha] : [])),
    runs: looks.length,
    commits: new Set(looks.map((words) => words.at(-2))).size,
    reverted: facts.some(({ kind }) => kind === 'delivered'),
    seconds,
  }
}
