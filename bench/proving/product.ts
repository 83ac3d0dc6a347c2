import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { z } from 'zod'

import { git, run } from './shell.ts'

const cli = join(import.meta.dirname, '../../src/cli.ts')

/** The part of the `--json` report that the bench reads. Unknown keys are left alone: the report may grow. */
const report = z.looseObject({
  outcome: z.string().nullable(),
  reason: z.string().nullable(),
  detail: z.string(),
  checks: z.array(
    z.looseObject({ name: z.string(), verdict: z.string(), reason: z.string().nullable() }),
  ),
  repairs: z.array(z.looseObject({ strategies: z.array(z.string()) })),
  branch: z.looseObject({ name: z.string(), delivered: z.boolean() }).nullable(),
})
type Report = z.infer<typeof report>

/** What Goalkeeper made of a red repository. */
export interface Answer {
  /** The tip of the branch that it left, in the clone; null when it left none. */
  readonly sha: string | null
  /** True when it says that everything is green now. */
  readonly claimsGreen: boolean
  /** Why not, in its own words. */
  readonly reason: string
  readonly strategies: readonly string[]
  readonly seconds: number
}

/** Gives Goalkeeper a clone of its own, with the red commit checked out and the green one on `main`. */
export async function askGoalkeeper(
  source: string,
  { clone, base, head, home }: { clone: string; base: string; head: string; home: string },
): Promise<Answer> {
  rmSync(clone, { recursive: true, force: true })
  mkdirSync(dirname(clone), { recursive: true })
  await git(source, 'branch', '-f', 'main', base)
  await git(source, 'branch', '-f', 'work', head)
  await git(source, 'clone', '-q', '--no-local', '-b', 'work', source, clone)
  await git(clone, 'branch', '-q', 'main', 'origin/main')
  await git(clone, 'remote', 'remove', 'origin')
  const environment = { GOALKEEPER_HOME: home }
  const fix = ['node', cli, 'fix', clone, '--base', 'main', '--json'] as const
  const { output, seconds, stdout } = await run(fix, clone, environment)
  return { ...answerIn(stdout, output), sha: await tipOf(clone), seconds }
}

async function tipOf(clone: string): Promise<string | null> {
  const format = ['--sort=-committerdate', '--format=%(objectname)']
  const refs = await git(clone, 'for-each-ref', ...format, 'refs/heads/auto-fix/')
  return refs.split('\n').find((sha) => sha !== '') ?? null
}

/** What the report says; without one, the last words before the product broke. */
function answerIn(
  stdout: string,
  output: string,
): Pick<Answer, 'claimsGreen' | 'reason' | 'strategies'> {
  const parsed = report.safeParse(parseJson(stdout))
  if (!parsed.success) {
    const words = output.trim().split('\n').slice(-3).join(' ').slice(0, 300)
    return { claimsGreen: false, reason: `no report: ${words}`, strategies: [] }
  }
  const { outcome, repairs } = parsed.data
  return {
    claimsGreen: outcome === 'success' || outcome === 'success_with_warnings',
    reason: reasonOf(parsed.data),
    strategies: repairs.flatMap(({ strategies }) => strategies),
  }
}

function reasonOf({ checks, detail, outcome, reason }: Report): string {
  const open = checks.filter(({ verdict }) => verdict !== 'green' && verdict !== 'fixed')
  const named = open.map(
    (check) => `${check.name} ${check.verdict}${check.reason ? ` (${check.reason})` : ''}`,
  )
  return [reason ?? outcome ?? 'unknown', detail, ...named].filter((word) => word !== '').join(': ')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
