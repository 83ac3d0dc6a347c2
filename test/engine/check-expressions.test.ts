import { describe, expect, test } from 'vitest'

import { build, phase, problemsOf } from '../support/workflow-problems.ts'

describe('expressions', () => {
  const make = { outputs: { image: '${{ steps.build.outputs.image }}' }, ...phase(build) }

  test.each([
    [
      'one that does not parse',
      'needs.make.',
      "The expression does not parse: Unexpected symbol: 'EOF'. Write it as in GitHub Actions, with texts in single quotes.",
    ],
    [
      'one with double quotes',
      'event.ref == "main"',
      `The expression does not parse: Unexpected symbol: '"main"'. Located at position 14 within expression: event.ref == "main". Write it as in GitHub Actions, with texts in single quotes.`,
    ],
    [
      'a context we do not have',
      "secrets.token == ''",
      "The expression does not parse: Unrecognized named-value: 'secrets'. Write it as in GitHub Actions, with texts in single quotes.",
    ],
    [
      'an unknown phase',
      'needs.bake.outputs.image',
      'There is no phase "bake". Known are: make, other, use.',
    ],
    [
      'a phase it does not wait for',
      "needs.other.result == 'success'",
      'The result of phase "other" is not known here. Add "other" to the "needs" of this phase.',
    ],
    ['an output', 'needs.make.outputs.size > 1', '"make" hands on no "size". It hands on: image.'],
    [
      'a field',
      'needs.make.state',
      'There is no "state" here. Known are: result, outputs, reason, detail.',
    ],
    [
      'a field of all',
      'needs.*.state',
      'There is no "state" here. Known are: result, outputs, reason, detail.',
    ],
    [
      'a step of a phase',
      'steps.build.outputs.image',
      'The steps of a phase are not known here. Hand the value on under the "outputs" of the phase and ask "needs" for it.',
    ],
  ])('%s is found where a phase asks for it', (_title, condition, problem) => {
    const use = { needs: ['make'], if: condition, ...phase({ uses: 'notify' }) }

    const problems = problemsOf({ make, other: phase({ uses: 'notify' }), use })

    expect(problems).toEqual([`jobs.use.if: ${problem}`])
  })

  test('a step sees only the steps before it, and only what they hand on', () => {
    const late = { ...build, with: { target: '${{ steps.notify.outputs.x }}', jobs: 2 } }
    const then = { uses: 'notify', if: 'steps.build.outputs.size == 1' }

    expect(problemsOf({ p: phase(late, then) })).toEqual([
      'jobs.p.steps.0.with.target: There is no step "notify" before this one. There is none to ask.',
      'jobs.p.steps.1.if: "build" hands on no "size". It hands on: image, log.',
    ])
  })

  test('what an alternative does not hand on cannot be counted on', () => {
    const p = {
      outputs: { log: '${{ steps.build.outputs.log }}' },
      ...phase({ ...build, alternatives: ['sketch'] }),
    }

    expect(problemsOf({ p })).toEqual([
      'jobs.p.outputs.log: "build" hands on no "log". It hands on: image.',
    ])
  })

  test('a criterion sees the outputs of every phase', () => {
    const criteria = [
      { text: 'a', met: 'needs.make.outputs.image != null' },
      { text: 'b', met: 'needs.make.outputs.proof' },
    ]

    expect(problemsOf({ make }, { goal: { criteria } })).toEqual([
      'goal.criteria.1.met: "make" hands on no "proof". It hands on: image.',
    ])
  })

  test('an open brace and an unknown field of the event are found in inputs', () => {
    const broken = { ...build, id: 'broken', with: { target: '${{ event.ref' } }
    const wrong = { ...build, with: { target: '${{ event.sha }}' } }

    const problems = problemsOf({ p: phase(broken, wrong) })

    expect(problems).toEqual([
      expect.stringMatching(/^jobs\.p\.steps\.0\.with\.target: .*'\$\{\{' without '\}\}'/),
      expect.stringMatching(/^jobs\.p\.steps\.1\.with\.target: There is no "sha" in any event\./),
    ])
  })
})
