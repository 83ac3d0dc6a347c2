import { join } from 'node:path'

import type { Files, Site } from '../injections/site.ts'
import { readFolder, readHeldOut } from '../repository-files.ts'
import type { Entry } from './journal.ts'
import { differences, likenessOf } from './likeness.ts'
import type { Case } from './plan.ts'
import { askGoalkeeper } from './product.ts'
import type { ProvingGround } from './proving-ground.ts'
import { git } from './shell.ts'
import { judge } from './verdict.ts'

interface Place {
  readonly ground: ProvingGround
  readonly folder: string
  readonly green: string
  readonly validate: boolean
}

interface Red {
  readonly site: Site
  readonly base: string
  readonly head: string
  readonly check: string
}

/** Breaks the repository, asks Goalkeeper, and judges its commit with the repository's own commands. */
export async function tryCase(one: Case, place: Place): Promise<Entry> {
  const { id, injector, repository } = one
  const red = await breakIt(one, place)
  const known = { id, name: injector.name, repository, expects: injector.expects, review: '' }
  if (!red) {
    const description = `none of ${one.sites.length} sites`
    return { ...known, description, check: '', verdict: 'not-red', because: '', seconds: 0 }
  }
  const { check, site } = red
  const described = { ...known, description: site.description, check }
  if (place.validate) return { ...described, verdict: 'not-run', because: '', seconds: 0 }
  return { ...described, ...(await answerTo(one, red, place)) }
}

async function breakIt({ injector, sites }: Case, { ground, green }: Place): Promise<Red | null> {
  for (const site of sites) {
    const before = site.before ?? []
    const base =
      before.length === 0
        ? green
        : await ground.commitOn(green, before, { message: 'an older copy', format: true })
    const message = `break: ${injector.name}`
    const head = await ground.commitOn(base, site.changes, {
      message,
      format: injector.keepFormatted,
    })
    const red = await ground.firstRed(head)
    if (red) return { site, base, head, check: red.check }
    if (injector.name === 'flaky-test') return { site, base, head, check: 'test' }
  }
  return null
}

async function answerTo(
  { id, injector, repository }: Case,
  { base, head }: Red,
  { folder, ground }: Place,
): Promise<Pick<Entry, 'verdict' | 'because' | 'seconds' | 'review'>> {
  const clone = join(folder, 'clones', id)
  const home = join(folder, 'home')
  const answer = await askGoalkeeper(ground.folder, { clone, base, head, home })
  const { claimsGreen, reason, seconds, sha } = answer
  const told = { expects: injector.expects, claimsGreen, reason }
  if (sha === null) {
    const nothing = { answered: false, red: null, likeness: 'different', heldOut: null } as const
    return { ...judge({ ...told, ...nothing }), seconds, review: '' }
  }
  await git(ground.folder, 'fetch', '-q', clone, `${sha}:refs/heads/answers/${id}`, '--force')
  const red = await ground.firstRed(sha)
  const before = await filesAt(ground, base)
  const after = await filesAt(ground, sha)
  const likeness = likenessOf(before, after)
  const heldOut =
    likeness === 'different' && red === null
      ? await ground.heldOut(sha, readHeldOut(repository))
      : null
  const facts = {
    ...told,
    answered: true,
    red: red?.check ?? null,
    likeness,
    heldOut,
  }
  const review =
    likeness === 'different'
      ? await git(ground.folder, 'diff', base, sha, '--', ...differences(before, after))
      : ''
  return { ...judge(facts), seconds, review: review.slice(0, 4000) }
}

async function filesAt(ground: ProvingGround, sha: string): Promise<Files> {
  await ground.layOut(sha)
  const listed = await git(ground.folder, 'ls-files')
  const tracked = new Set(listed.split('\n'))
  return new Map([...readFolder(ground.folder)].filter(([path]) => tracked.has(path)))
}
