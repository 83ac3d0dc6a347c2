import { oneLine, shortened } from './plain-text.ts'

/** What is said where somebody asked about a described bug. */
export const bugStartedWords = {
  title: 'Looking for the bug',
  summary:
    'Goalkeeper reads the issue, writes a test that shows the bug, and only then repairs it. Nothing is red for it yet, so the test has to fail first.',
}

export const bugLead =
  'Goalkeeper wrote a test that shows the described bug, saw it fail on this commit, repaired the bug and proved the repair on the same commands. Whether the test says what the issue means is for you to judge.'

/** What a commit says was wrong. */
export function describedIssue(issue: number, headSha: string): string {
  return `issue ${issue} describes a bug; a new test shows it and is red on ${headSha.slice(0, 12)}`
}

export const noCoderDetail =
  'no model is set (CODER_PROVIDER), and a bug that no check shows needs one'

/** Said where somebody asked about an issue, nothing is red, and nobody here can read what it describes. */
export const unreadIssue =
  '**Where this describes a bug that no check shows:** it takes a model to write a test for it, and none is set here. Whoever runs Goalkeeper sets one with `CODER_PROVIDER`. Or add a test that is red for it, and ask again.'

export const noTestCheckDetail =
  'no check that is green here runs vitest, jest or the tests of node, so a new test could not be seen to fail'

export const showObjective =
  'An issue of this repository describes a bug. Write a test, beside the tests that are there and in their style, that fails because of it.'

export function fixObjective(tests: readonly string[]): string {
  return `A new test shows the bug that an issue describes: ${tests.map(oneLine).join(', ')}. Repair the bug so that it passes.`
}

/** Why a written test shows nothing: told to whoever wrote it, and on record. */
export const notShown = {
  'no-test': 'Nothing but a test may be written.',
  weakens: 'It weakens a test that was there.',
  passes: 'It passes on the code as it is, so it shows no bug.',
  'not-run': 'It was stopped by a limit of the sandbox.',
  'does-not-load': 'It does not load, so it fails for itself and not for the bug.',
  elsewhere: 'Something else than the new test fails.',
  flaky: 'It fails now and then, and not each time.',
} as const

export function shownNote(tests: readonly string[]): string {
  return `red without the fix, as it should be: ${tests.join(', ')}`
}

export function shownDescription(tests: readonly string[]): string {
  return `Wrote a test that shows the bug in ${tests.join(', ')}`
}

/** A title by a stranger becomes the title of a pull request: one short line. */
export function issueTitle(title: string): string {
  const said = shortened(oneLine(title), 80)
  return said === '' ? 'a described bug' : said
}

export const issueSources = {
  title: 'The title of the issue',
  body: 'What the issue says',
  comment: 'A comment of somebody who may write here',
}
