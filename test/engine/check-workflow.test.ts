import { describe, expect, test } from 'vitest'

import { build, phase, problemsOf } from '../support/workflow-problems.ts'

test('a workflow with nothing wrong has no problem', () => {
  const problems = problemsOf(
    {
      make: {
        outputs: { image: '${{ steps.build.outputs.image }}' },
        'estimate-minutes': 30,
        ...phase({ ...build, if: "event.kind == 'fix-requested'" }),
      },
      ship: {
        needs: ['make'],
        if: 'needs.make.outputs.image != null',
        approval: { environment: 'production', 'timeout-minutes': 60 },
        'estimate-minutes': 30,
        ...phase({ uses: 'deploy', compensation: 'undo' }),
      },
      tell: { needs: ['ship'], if: 'always()', ...phase({ uses: 'notify' }) },
    },
    {
      goal: {
        'deadline-minutes': 60,
        criteria: [{ text: 'shipped', met: "needs.ship.result == 'success'" }],
      },
    },
  )

  expect(problems).toEqual([])
})

describe('steps', () => {
  const known = 'Known steps: build, deploy, notify, sketch, undo.'

  test.each([
    [
      'an unknown kind',
      { uses: 'biuld' },
      [`jobs.p.steps.0.uses: There is no step "biuld". ${known}`],
    ],
    [
      'a kind that every object has',
      { uses: 'constructor' },
      [`jobs.p.steps.0.uses: There is no step "constructor". ${known}`],
    ],
    [
      'an unknown alternative',
      { ...build, alternatives: ['build-2'] },
      [`jobs.p.steps.0.alternatives.0: There is no step "build-2". ${known}`],
    ],
    [
      'an unknown compensation',
      { ...build, compensation: 'unbuild' },
      [`jobs.p.steps.0.compensation: There is no step "unbuild". ${known}`],
    ],
    [
      'a missing input',
      { uses: 'build' },
      [
        'jobs.p.steps.0.with: Step "build" lacks "target". Give it under "with", as a value or as an expression.',
      ],
    ],
    [
      'an input nobody asked for',
      { uses: 'notify', with: { channel: '#dev' } },
      ['jobs.p.steps.0.with.channel: Step "notify" takes no "channel". It takes: nothing.'],
    ],
    [
      'a wrong value',
      { uses: 'build', with: { target: 'wbe' } },
      [
        'jobs.p.steps.0.with.target: Step "build" does not accept this "target". Invalid option: expected one of "web"|"app".',
      ],
    ],
    [
      'an expression where a value belongs',
      { uses: 'build', with: { target: '${{ event.ref }}' } },
      [],
    ],
    [
      'a production step that nobody approved and nothing undoes',
      { uses: 'deploy' },
      [
        'jobs.p.steps.0.uses: Step "step-1" changes production and nothing undoes it. Name the step that does under "compensation".',
        'jobs.p.steps.0.uses: Step "step-1" changes production without approval. Give its phase an "approval" with an "environment" and "timeout-minutes".',
      ],
    ],
  ])('%s', (_title, step, problems) => {
    expect(problemsOf({ p: phase(step) })).toEqual(problems)
  })

  test.each([
    [
      'twice the same id',
      [build, build],
      'steps.1.id: Another step of this phase is called "build"',
    ],
    [
      'an id that takes the name of a step without one',
      [{ ...build, id: 'step-2' }, { uses: 'notify' }],
      'steps.1.uses: Another step of this phase is called "step-2"',
    ],
  ])('%s', (_title, steps, problem) => {
    expect(problemsOf({ p: phase(...steps) })).toEqual([
      `jobs.p.${problem}, too. Give this one an "id" of its own.`,
    ])
  })

  test('two of the same kind get along', () => {
    expect(problemsOf({ p: phase({ uses: 'notify' }, { uses: 'notify' }) })).toEqual([])
  })
})

describe('phases', () => {
  const some = phase({ uses: 'notify' })

  test.each([
    ['none at all', {}, ['jobs: There is no phase. Add one below "jobs".']],
    [
      'a need that does not exist',
      { a: some, b: { needs: ['a', 'x'], ...some } },
      ['jobs.b.needs.1: Phase "b" needs "x", which does not exist. Phases here: a, b.'],
    ],
    [
      'a phase that waits for itself',
      { a: { needs: ['a'], ...some } },
      ['jobs.a.needs: Phases wait for each other: a → a. Remove one of these needs.'],
    ],
    [
      'a circle of three, told once',
      {
        start: some,
        a: { needs: ['start', 'c'], ...some },
        b: { needs: ['a'], ...some },
        c: { needs: ['b'], ...some },
      },
      ['jobs.a.needs: Phases wait for each other: a → c → b → a. Remove one of these needs.'],
    ],
    [
      'a phase that is switched off, and those who wait for it',
      {
        a: { if: 'false', ...some },
        b: { needs: ['a'], ...some },
        c: { needs: ['b'], if: 'event.ref == null', ...some },
        d: { needs: ['c'], if: 'always()', ...some },
      },
      [
        'jobs.a.if: Phase "a" can never run, because its condition is never true. Remove the phase or correct its `if`.',
        'jobs.b.needs.0: Phase "b" can never run, because "a" never does. Remove the phase or the need, or let its `if` begin with always().',
        'jobs.c.needs.0: Phase "c" can never run, because "b" never does. Remove the phase or the need, or let its `if` begin with always().',
      ],
    ],
    [
      'a condition that contradicts itself',
      { a: { if: 'always() && 1 > 2', ...some } },
      [
        'jobs.a.if: Phase "a" can never run, because its condition is never true. Remove the phase or correct its `if`.',
      ],
    ],
    ['a phase for failures only', { a: some, b: { needs: ['a'], if: 'failure()', ...some } }, []],
  ])('%s', (_title, jobs, problems) => {
    expect(problemsOf(jobs)).toEqual(problems)
  })
})

test('an event that never happens is found', () => {
  expect(problemsOf({ p: phase(build) }, { on: ['fix-requested', 'full-moon'] })).toEqual([
    expect.stringMatching(
      /^on\.1: Nothing ever happens that is called "full-moon"\. Known events: /,
    ),
  ])
})
