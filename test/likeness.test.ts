import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

const read = (path: string): string => readFileSync(join(import.meta.dirname, '..', path), 'utf8')
const script = read('scripts/describe-github.ts')
const page = read('docs/github-likeness.md')

/** The names of what the script corrects: operations, and schemas that belong to many. */
const corrected = [...script.matchAll(/^ {2}'([a-z][\w/-]+)': \{/gm)].map(([, name = '']) => name)

test('the corrections of GitHub’s description are found in the script', () => {
  expect(corrected).toContain('apps/list-installations')
  expect(corrected).toContain('deployment-status')
})

test.each(corrected)(
  '%s, whose description is corrected, is on the page that lists them',
  (name) => {
    expect(page).toContain(`\`${name}\``)
  },
)

test.each([...script.matchAll(/'@octokit\/([\w-]+)@([\d.]+)'/g)].map(([, ...of]) => of))(
  'the page names the description @octokit/%s %s that was taken',
  (name, version) => {
    expect(page).toContain(`\`@octokit/${name}\` ${version}`)
  },
)
