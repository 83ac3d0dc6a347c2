import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { type GitPlace, gitPlace, type GitRepository } from '../support/git-repository.ts'
import { fix } from '../support/product.ts'
import { commitSums, idle, testOf, wrong } from '../support/sums.ts'

let place: GitPlace
let sums: GitRepository
let first: string

beforeEach(() => {
  place = gitPlace()
  sums = place.repository('sums')
  first = commitSums(sums)
})
afterEach(() => place.remove())

const hunt = (...more: readonly string[]) => fix(sums.directory, '--culprit', ...more)

function broken(what: keyof typeof wrong, message: string): string {
  sums.write(`${what}.js`, wrong[what])
  return sums.commit(message)
}

/** What stands on a branch, as somebody who takes it would see it. */
const at = (branch: string, path: string): string => sums.git('show', `${branch}:${path}`)

describe('a red branch', () => {
  test('gets the one commit that did it taken back, and what came after it stays', async () => {
    idle(sums, 1, 2)
    const guilty = broken('sum', 'feat: a faster sum')
    idle(sums, 3, 4)

    const { exitCode, report } = await hunt()

    expect(exitCode).toBe(0)
    const evidence = { redRuns: 4, greenRuns: 4, commit: { sha: guilty } }
    expect(report.culprits).toMatchObject([{ check: 'test', ...evidence }])
    const branch = report.branch?.name ?? ''
    expect(at(branch, 'sum.js')).toContain('a + b')
    expect(at(branch, 'notes/4.md')).toBe('note 4\n')
    const message = sums.git('log', '-1', '--format=%B', branch)
    expect(message).toContain('Revert "feat: a faster sum"')
    expect(message).toContain(`\nThis reverts commit ${guilty}.\n`)
  })

  test('may have two culprits, and each is taken back by itself', async () => {
    const one = broken('sum', 'feat: a faster sum')
    idle(sums, 1, 1)
    const other = broken('difference', 'feat: a faster difference')
    idle(sums, 2, 2)

    const { exitCode, report } = await hunt('--good', first)

    expect(exitCode).toBe(0)
    expect(report.culprits.map(({ commit }) => commit.sha).toSorted()).toEqual(
      [one, other].toSorted(),
    )
    const subjects = sums.git('log', '--format=%s', `main..${report.branch?.name}`).trim()
    expect(subjects.split('\n')).toEqual([
      'Revert "feat: a faster sum"',
      'Revert "feat: a faster difference"',
    ])
  })

  test('gets a merge taken back as a whole', async () => {
    sums.git('checkout', '--quiet', '-b', 'topic')
    idle(sums, 1, 2)
    broken('sum', 'feat: a faster sum')
    sums.git('checkout', '--quiet', 'main')
    idle(sums, 3, 4)
    sums.git('merge', '--quiet', '--no-ff', '--message', 'merge topic', 'topic')
    const merge = sums.git('rev-parse', 'HEAD').trim()
    idle(sums, 5, 6)

    const { report } = await hunt()

    expect(report.culprits).toMatchObject([{ commit: { sha: merge } }])
    const branch = report.branch?.name ?? ''
    expect(sums.git('ls-tree', '-r', '--name-only', branch)).not.toContain('notes/1.md')
    expect(at(branch, 'sum.js')).toContain('a + b')
  })
})

describe('nothing is taken back', () => {
  test('where a later commit was built on it', async () => {
    broken('sum', 'feat: a faster sum')
    sums.write('sum.js', `${wrong.sum}export const twice = (a) => sum(a, 2)\n`)
    sums.commit('feat: twice')

    const { exitCode, report } = await hunt()

    expect({ exitCode, reason: report.reason, branch: report.branch }).toEqual({
      exitCode: 1,
      reason: 'not-revertible',
      branch: null,
    })
    expect(report.detail).toContain('sum.js')
    expect(report.culprits).toHaveLength(1)
  })

  test('where something that came later would break without it', async () => {
    sums.write('product.js', 'export const product = (a, b) => a * b\n')
    broken('sum', 'feat: products')
    sums.write('product.test.js', testOf('product', 'product(2, 3)', 6))
    sums.commit('test: products')

    const { exitCode, report } = await hunt()

    expect({ exitCode, branch: report.branch }).toEqual({ exitCode: 1, branch: null })
    expect(report.reason).toBe('newly-broken')
    expect(report.detail).toContain('product')
  })
})
