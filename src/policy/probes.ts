import type { Probe } from '#domain/deploy.ts'

interface Answer {
  readonly status: number | null
  readonly ms: number
  readonly body: unknown
}

/** So many of three answers have to be bad: one alone may be the network (deploy.md 2.7). */
const bad = 2

/** Whether an answer is what the probe wants (S2-21, S2-22). */
export function isGoodAnswer(probe: Probe, { status, ms, body }: Answer): boolean {
  const values = Object.entries(probe.json)
  return (
    status === probe.status &&
    ms <= probe['within-ms'] &&
    values.every(([path, value]) => at(body, path.split('.')) === value)
  )
}

/** Whether all answers together say that it does not work. */
export function doesNotWork(probe: Probe, answers: readonly Answer[]): boolean {
  return answers.filter((answer) => !isGoodAnswer(probe, answer)).length >= bad
}

function at(body: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return body
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, key)) return undefined
  return at(Object.entries(body).find(([name]) => name === key)?.[1], rest)
}
