import { type History, type Part, parts } from './history.ts'

/** A history and who is guilty in it: nobody where the failure comes and goes, or began before anybody can look. */
export interface Case {
  readonly kind: Kind
  readonly number: number
  /** Writes the history; answers the guilty commits, and a commit to name as good, if any. */
  write(history: History, random: () => number): Promise<Truth>
}

interface Truth {
  readonly guilty: readonly string[]
  readonly good: string | null
}

const kinds = [
  { kind: 'linear', times: 10, write: linear },
  { kind: 'merges', times: 8, write: merges },
  { kind: 'squashes', times: 6, write: squashes },
  { kind: 'two culprits', times: 6, write: twoCulprits },
  { kind: 'broken again', times: 4, write: brokenAgain },
  { kind: 'flaky', times: 5, write: flaky },
  { kind: 'outside', times: 3, write: outside },
] as const
type Kind = (typeof kinds)[number]['kind']

export const cases: readonly Case[] = kinds.flatMap(({ kind, times, write }) =>
  Array.from({ length: times }, (_each, number) => ({ kind, number, write })),
)

type Random = () => number

async function linear(history: History, random: Random): Promise<Truth> {
  await idles(history, between(random, 2, 40))
  const guilty = await history.break(oneOf(random))
  await idles(history, between(random, 0, 20))
  return { guilty: [guilty], good: null }
}

async function merges(history: History, random: Random): Promise<Truth> {
  const at = between(random, 0, 7)
  const guilty: string[] = []
  for (let topic = 0; topic < 8; topic += 1) {
    const merged = await history.merge(async () => {
      await idles(history, between(random, 1, 3))
      if (topic === at) await history.break(oneOf(random))
      await history.idle()
    })
    if (topic === at) guilty.push(merged)
    await idles(history, between(random, 0, 2))
  }
  return { guilty, good: null }
}

async function squashes(history: History, random: Random): Promise<Truth> {
  const first = await history.idle()
  await idles(history, between(random, 4, 12))
  const guilty = await history.break(oneOf(random), between(random, 5, 20))
  await idles(history, between(random, 1, 12))
  return { guilty: [guilty], good: first }
}

async function twoCulprits(history: History, random: Random): Promise<Truth> {
  const [one, other] =
    random() < 0.5 ? (['sum', 'square'] as const) : (['product', 'difference'] as const)
  await idles(history, between(random, 1, 10))
  const first = await history.break(one)
  await idles(history, between(random, 0, 10))
  const second = await history.break(other)
  await idles(history, between(random, 0, 10))
  return { guilty: [first, second], good: null }
}

async function brokenAgain(history: History, random: Random): Promise<Truth> {
  const part = oneOf(random)
  await idles(history, between(random, 1, 5))
  await history.break(part)
  await idles(history, between(random, 0, 3))
  await history.mend(part)
  // A good one is met on the way back only if it is not stepped over: nearer than the first time it was broken.
  await idles(history, between(random, 4, 8))
  const guilty = await history.break(part)
  await idles(history, between(random, 0, 2))
  return { guilty: [guilty], good: null }
}

async function flaky(history: History, random: Random): Promise<Truth> {
  await idles(history, between(random, 2, 10))
  await history.gamble(oneOf(random))
  await idles(history, between(random, 4, 10))
  return { guilty: [], good: null }
}

async function outside(history: History, random: Random): Promise<Truth> {
  await history.break(oneOf(random))
  const good = await history.idle()
  await idles(history, between(random, 2, 10))
  return { guilty: [], good }
}

async function idles(history: History, count: number): Promise<void> {
  for (let each = 0; each < count; each += 1) await history.idle()
}

function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1))
}

function oneOf(random: Random): Part {
  return parts[between(random, 0, parts.length - 1)] ?? 'sum'
}
