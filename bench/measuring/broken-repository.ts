import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { git, run } from '../proving/shell.ts'
import { readRepository } from '../repository-files.ts'

/** A mechanical failure: one line of a file that was right, and the command that says so. */
export interface Failure {
  readonly name: string
  readonly command: string
  /** What somebody careful runs as well before the commit: the types, and the tests that reach the file. */
  readonly beside: readonly string[]
  readonly file: string
  readonly right: string
  readonly wrong: string
}

const types = 'npm run typecheck'
const related = (file: string): string => `npx vitest related --run ${file}`

const lostImport = {
  file: 'src/area-1/interest.ts',
  right: "import { daysBetween1, type Day } from './dates.js'",
  wrong: "import { type Day } from './dates.js'",
}

export const failures: readonly Failure[] = [
  { name: 'types', command: types, beside: [related(lostImport.file)], ...lostImport },
  {
    name: 'lint',
    command: 'npm run lint',
    beside: [types, related('src/area-0/reports/trial-balance.ts')],
    file: 'src/area-0/reports/trial-balance.ts',
    right: '  const rows: TrialBalanceRow[] = []',
    wrong: '  let rows: TrialBalanceRow[] = []',
  },
  {
    name: 'format',
    command: 'npm run format',
    // A change of the formatting alone changes no program.
    beside: [],
    file: 'src/area-1/budget.ts',
    right: "import { addMonths, type Day } from './dates.js'",
    wrong: "import {addMonths,   type Day} from './dates.js'",
  },
  { name: 'tests', command: 'npm test', beside: [types], ...lostImport },
  {
    name: 'one test',
    command: 'npx vitest run test/area-1/interest.test.ts',
    beside: [types, related(lostImport.file)],
    ...lostImport,
  },
]

/** A real repository on `main`, green: copies of the bookkeeping library side by side, under one configuration. */
export async function createRepository(directory: string, areas: number): Promise<void> {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  for (const [path, text] of readRepository('ledger')) {
    const room = /^(?:src|test)\//.exec(path)?.[0]
    if (room === undefined) write(directory, path, text)
    else {
      for (let area = 0; area < areas; area += 1) {
        write(directory, path.replace(room, `${room}area-${area}/`), inArea(text, area))
      }
    }
  }
  // Longer paths make longer lines.
  await run(['prettier', '--write', '--log-level=warn', '.'], directory)
  await git(directory, 'init', '-q', '-b', 'main')
  await commit(directory, 'feat: keep books')
}

/** One name that no other area has: a missing import has one right repair. */
function inArea(text: string, area: number): string {
  return text
    .replaceAll("'../src/", `'../../src/area-${area}/`)
    .replaceAll('daysBetween', `daysBetween${area}`)
}

/** Commits the failure on `main`; answers the new head. Each one is new, so that a fetch has something to fetch. */
export async function breakRepository(directory: string, failure: Failure): Promise<string> {
  const { file, right, wrong, name } = failure
  write(directory, file, readFileSync(join(directory, file), 'utf8').replace(right, wrong))
  await commit(directory, `feat: break ${name} at ${Date.now()}`)
  return git(directory, 'rev-parse', 'HEAD')
}

/** Back to green on `main`, whatever was broken. */
export async function mendRepository(directory: string, failure: Failure): Promise<void> {
  repairFile(directory, failure)
  await commit(directory, `fix: mend ${failure.name}`)
}

/** What a person does who knows the answer. */
export function repairFile(directory: string, failure: Failure): void {
  const { file, right, wrong } = failure
  write(directory, file, readFileSync(join(directory, file), 'utf8').replace(wrong, right))
}

function write(directory: string, path: string, text: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true })
  writeFileSync(join(directory, path), text)
}

async function commit(directory: string, message: string): Promise<void> {
  await git(directory, 'add', '-A')
  await git(directory, 'commit', '-q', '--no-verify', '--allow-empty', '-m', message)
}
