import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { InvalidWorkflowsError, readWorkflows } from '#config/workflows.ts'
import { checkWorkflow } from '#engine/check-workflow.ts'

import { kinds } from '../support/workflow-problems.ts'

let folder = ''
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'workflows-')), 'w')
  mkdirSync(folder)
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

const good = [
  'name: tell',
  'on: [fix-requested]',
  'goal:',
  '  objective: Tell somebody',
  '  criteria:',
  '    - text: Somebody was told',
  "      met: needs.tell.result == 'success'",
  'jobs:',
  '  tell:',
  '    steps:',
  '      - uses: notify',
]

/** The lines with some replaced by others: [line number from 1, text]. */
function changed(...changes: readonly (readonly [number, string])[]): string {
  const lines = new Map(good.map((line, at) => [at + 1, line]))
  for (const [line, text] of changes) lines.set(line, text)
  return [...lines.values()].join('\n')
}

const reading = (files: Readonly<Record<string, string>>) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return readWorkflows(folder, (workflow) => checkWorkflow(workflow, kinds))
}

/** What is wrong, with the folder's name left out. */
function complaintsAbout(files: Readonly<Record<string, string>>): readonly string[] {
  try {
    reading(files)
    return []
  } catch (error) {
    if (!(error instanceof InvalidWorkflowsError)) throw error
    return error.message.replaceAll(`${folder}/`, '').split('\n')
  }
}

const first = 'The workflows cannot be used:'

test('reads every workflow of the folder in the order of the files, and nothing else', () => {
  const workflows = reading({
    'b.yml': changed([1, 'name: second']),
    'a.yaml': changed([1, 'name: first']),
    'notes.txt': 'no workflow',
    'a.schema.json': '{}',
  })

  expect(workflows.map(({ name }) => name)).toEqual(['first', 'second'])
  expect(workflows[0]?.jobs['tell']).toMatchObject({ needs: [], 'on-failure': 'fail' })
})

describe('one problem is one line with its place and its remedy', () => {
  test.each([
    [
      'bad YAML',
      changed([8, 'jobs: [']),
      'a.yml:10:5: This is not YAML: Block collections are not allowed within flow collections. Check the indentation and the quotes here.',
    ],
    [
      'an unknown key',
      changed([2, 'on: [fix-requested]\ntriggers: [push]']),
      'a.yml:3:1: "triggers" is not known here. Known are: name, on, goal, jobs, again.',
    ],
    [
      'a missing key',
      changed([11, '      - name: Tell']),
      'a.yml:11:9: "uses" is missing. Add it. It must be a text.',
    ],
    [
      'a name with a capital',
      changed([1, 'name: Tell']),
      'a.yml:1:1: "name" cannot be "Tell". Use lower-case letters, digits and hyphens.',
    ],
    [
      'a phase with a capital',
      changed([9, '  Tell:']),
      'a.yml:9:3: "Tell" is not a possible name. Use lower-case letters, digits and hyphens.',
    ],
    [
      'a phase without steps',
      changed([10, '    steps: []'], [11, '']),
      'a.yml:10:5: "steps" has too few items. Give at least 1.',
    ],
    [
      'too patient a retry',
      changed([11, '      - uses: notify\n        retry: { attempts: 11 }']),
      'a.yml:12:18: "attempts" must be at most 10. Give less.',
    ],
    [
      'an input that is a block',
      changed([11, '      - uses: notify\n        with:\n          to: { name: x }']),
      'a.yml:13:11: "to" cannot be a block of keys like this. Use a text or a number or true or false or nothing or a list.',
    ],
    [
      'an approval without an end',
      changed([10, '    approval: { environment: production }\n    steps:']),
      'a.yml:10:5: "timeout-minutes" is missing. Add it. It must be a number.',
    ],
    [
      'an unknown step',
      changed([11, '      - uses: notfiy']),
      'a.yml:11:9: There is no step "notfiy". Known steps: build, deploy, notify, sketch, undo.',
    ],
    [
      'a wrong input',
      changed([11, '      - uses: notify\n        with:\n          to: dev']),
      'a.yml:13:11: Step "notify" takes no "to". It takes: nothing.',
    ],
    [
      'a missing input',
      changed([11, '      - uses: build']),
      'a.yml:11:9: Step "build" lacks "target". Give it under "with", as a value or as an expression.',
    ],
    [
      'a cycle',
      changed([9, '  tell:\n    needs: [tell]']),
      'a.yml:10:5: Phases wait for each other: tell → tell. Remove one of these needs.',
    ],
    [
      'a phase that never runs',
      changed([9, '  tell:\n    if: false && always()']),
      'a.yml:10:5: Phase "tell" can never run, because its condition is never true. Remove the phase or correct its `if`.',
    ],
    [
      'an expression about nobody',
      changed([7, "      met: needs.ask.result == 'success'"]),
      'a.yml:7:7: There is no phase "ask". Known are: tell.',
    ],
    [
      'an estimate over the deadline',
      changed(
        [4, '  objective: Tell somebody\n  deadline-minutes: 5'],
        [9, '  tell:\n    estimate-minutes: 6'],
      ),
      'a.yml:5:3: The plan takes 6 minutes (tell 6), the deadline is 5. Raise the deadline, or let more phases run side by side.',
    ],
  ])('%s', (_title, text, complaint) => {
    expect(complaintsAbout({ 'a.yml': text })).toEqual([first, complaint])
  })
})

test('all problems of all files are one error, in the order of the files and their lines', () => {
  const complaints = complaintsAbout({
    'a.yml': changed([1, 'name: A'], [4, '  objective: 5']),
    'b.yml': changed([11, '      - uses: nobody']),
    'c.yml': changed([1, 'name: fine']),
  })

  expect(complaints).toEqual([
    first,
    'a.yml:1:1: "name" cannot be "A". Use lower-case letters, digits and hyphens.',
    'a.yml:4:3: "objective" must be a text, not a number. Put it in quotes.',
    'b.yml:11:9: There is no step "nobody". Known steps: build, deploy, notify, sketch, undo.',
  ])
})

test('an empty file lacks everything', () => {
  expect(complaintsAbout({ 'a.yml': '' })).toEqual([
    first,
    'a.yml:1:1: "name" is missing. Add it. It must be a text.',
    'a.yml:1:1: "on" is missing. Add it. It must be a list.',
    'a.yml:1:1: "goal" is missing. Add it. It must be a block of keys.',
    'a.yml:1:1: "jobs" is missing. Add it. It must be a block of keys.',
  ])
})

test('two workflows cannot have one name', () => {
  expect(complaintsAbout({ 'a.yml': changed(), 'b.yml': changed() })).toEqual([
    first,
    'b.yml:1:1: "tell" is the name of a.yml, too. Give each workflow a name of its own.',
  ])
})

test.each([
  ['an empty folder', ''],
  ['a folder that is not there', '/nowhere'],
])('%s is said to have no workflow', (_title, below) => {
  expect(() => readWorkflows(folder + below, () => [])).toThrow(
    `${folder}${below}:1:1: There is no workflow in this folder. Put a workflow file there, such as auto-fix.yml.`,
  )
})
