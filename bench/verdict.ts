import { judgeRates } from '#policy/regression.ts'

/**
 * deploy.md's table for our code: how often a deploy that changed nothing is called bad, and how often and how soon five
 * times as many errors are, when one looks every 10 s for five minutes. Beside it the plain rule of +50 %.
 */
const cells = [
  { rps: 1, base: 0.01, least: 0.73, within: 90 },
  { rps: 10, base: 0.001, least: 0.73, within: 90 },
  { rps: 100, base: 0.001, least: 1, within: 20 },
  { rps: 10, base: 0.01, least: 1, within: 20 },
  { rps: 100, base: 0.01, least: 1, within: 10 },
  // Hardly ever enough to tell: the table has no time for it.
  { rps: 1, base: 0.001, least: 0, within: Infinity },
] as const
const runs = 2000
const looks = 30
const secondsPerLook = 10
const mostFalseAlarms = 0.02
/** So far a share of 2000 runs may be from the 400 that the table was made of. */
const noise = 0.05

type Chance = () => number

/** Mulberry32: the same numbers every time. */
function chance(seed: number): Chance {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** How often something rare happened (Knuth); in pieces, as e^-mean has an end. */
function poisson(mean: number, random: Chance): number {
  if (mean > 30) return poisson(30, random) + poisson(mean - 30, random)
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count += 1
  return count
}

interface Told {
  readonly kind: 'pass' | 'fail' | 'inconclusive'
  readonly seconds: number
  readonly plainAlarm: boolean
}

function watched(of: { rps: number; base: number; times: number }, random: Chance): Told {
  const perLook = of.rps * secondsPerLook
  const before = {
    errors: poisson(perLook * looks * of.base, random),
    requests: perLook * looks,
  }
  let after = { errors: 0, requests: 0 }
  let plainAlarm = false
  let told: Omit<Told, 'plainAlarm'> | null = null
  for (let look = 1; look <= looks; look++) {
    const errors = poisson(perLook * of.base * of.times, random)
    after = { errors: after.errors + errors, requests: after.requests + perLook }
    const isHigher = after.errors / after.requests >= (1.5 * before.errors) / before.requests
    plainAlarm ||= after.errors > 0 && isHigher
    if (told !== null) continue
    const verdict = judgeRates({ before, after, isOver: look === looks })
    if (verdict !== null) told = { kind: verdict.kind, seconds: look * secondsPerLook }
  }
  if (told === null) throw new Error('The last look has a verdict.')
  return { ...told, plainAlarm }
}

function share(all: readonly Told[], fits: (one: Told) => boolean): number {
  return all.filter(fits).length / all.length
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`
}

function median(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)]
}

const random = chance(1)
let isWorse = false
const heads = [
  'traffic, base error',
  'plain +50 %',
  'false alarms',
  'unclear',
  'five times: caught',
  'median',
  'unclear',
]
const rows = cells.map(({ rps, base, least, within }) => {
  const many = (times: number) =>
    Array.from({ length: runs }, () => watched({ rps, base, times }, random))
  const [same, bad] = [many(1), many(5)]
  const alarms = share(same, ({ kind }) => kind === 'fail')
  const caught = bad.filter(({ kind }) => kind === 'fail')
  const after = median(caught.map(({ seconds }) => seconds)) ?? Infinity
  isWorse ||= alarms > mostFalseAlarms || caught.length / runs < least - noise || after > within
  return [
    `${rps} rps, ${percent(base)}`,
    percent(share(same, ({ plainAlarm }) => plainAlarm)),
    percent(alarms),
    percent(share(same, ({ kind }) => kind === 'inconclusive')),
    percent(caught.length / runs),
    `${after} s`,
    percent(share(bad, ({ kind }) => kind === 'inconclusive')),
  ]
})
for (const row of [heads, heads.map(() => '---'), ...rows])
  process.stdout.write(`| ${row.join(' | ')} |\n`)
process.exitCode = isWorse ? 1 : 0
