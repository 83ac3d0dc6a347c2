import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { createRepository, failures } from './measuring/broken-repository.ts'
import { openGoalkeeper } from './measuring/by-goalkeeper.ts'
import { type Figure, figureOf, met, renderFigures } from './measuring/goals.ts'
import { coldRound, type Ground, processRounds, warmRounds } from './measuring/rounds.ts'

// What Goalkeeper costs on top of the floor: somebody who knows the answer fetches, runs the failing command, writes the
// right line, runs the command again and commits. Both take turns on one repository, so that the machine's mood hits both.

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    areas: { type: 'string', default: '10' },
    only: { type: 'string', multiple: true, default: [] },
  },
})
const rounds = Number(values.rounds)
const areas = Number(values.areas)
const chosen = failures.filter(({ name }) => values.only.length === 0 || values.only.includes(name))
const ratio = { kind: 'ratio', atMost: 1.3 } as const
const firstResult = { kind: 'milliseconds', atMost: 1200 } as const

const folder = mkdtempSync(join(tmpdir(), 'goalkeeper-bench-'))
const ground: Ground = {
  origin: join(folder, 'origin'),
  clone: join(folder, 'clone'),
  home: join(folder, 'home'),
}
try {
  await createRepository(ground.origin, areas)
  note(
    `${areas * 25} source files in the repository, ${rounds} pairs of each warm figure, one of the cold`,
  )
  const cold = await coldFigures()
  const figures = [...(await warmFigures()), ...(await processFigures()), ...cold]
  const told = figures.map((figure) => ({ ...figure, met: met(figure) }))
  process.stdout.write(
    values.json ? `${JSON.stringify(told, null, 2)}\n` : `${renderFigures(figures)}\n`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function coldFigures(): Promise<readonly Figure[]> {
  const failure = chosen[0]
  if (failure === undefined) return []
  note(`cold: ${failure.name}`)
  const { pair, openMs } = await coldRound(ground, failure)
  const open = { failure: '', byHandMs: null, ratio: null, goal: null }
  return [
    figureOf({ what: 'cold, from event to commit', failure: failure.name, goal: ratio }, [pair]),
    { ...open, what: 'cold, opening a new home', oursMs: openMs },
  ]
}

async function warmFigures(): Promise<readonly Figure[]> {
  const app = await openGoalkeeper(ground.home)
  const figures: Figure[] = []
  try {
    for (const failure of chosen) {
      note(`warm: ${failure.name}`)
      const { total, proved, first } = await warmRounds(app, ground, { failure, rounds })
      const of = { failure: failure.name }
      figures.push(figureOf({ ...of, what: 'warm, from event to commit', goal: ratio }, total))
      const besideWhat = 'the same, types and related tests by hand too'
      if (failure.beside.length > 0)
        figures.push(figureOf({ ...of, what: besideWhat, goal: ratio }, proved))
      const goal = failure.name === 'one test' ? firstResult : null
      figures.push(figureOf({ ...of, what: 'warm, from event to first result', goal }, first))
    }
    return figures
  } finally {
    await app.stop()
  }
}

async function processFigures(): Promise<readonly Figure[]> {
  const failure = chosen[0]
  if (failure === undefined) return []
  note(`npm run fix: ${failure.name}`)
  const pairs = await processRounds(ground, { failure, rounds })
  return [
    figureOf({ what: 'warm, npm run fix as a whole', failure: failure.name, goal: null }, pairs),
  ]
}

function note(text: string): void {
  process.stderr.write(`${text}\n`)
}
