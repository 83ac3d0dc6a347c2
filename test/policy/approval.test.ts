import { describe, expect, test } from 'vitest'

import { gateRules, type GateRefusal, type GateRules } from '#domain/gate.ts'
import { type GatedChange, weigh, type Word } from '#policy/approval.ts'

const head = 'abcdef0123'.repeat(4)
const shown = new Date('2026-11-29T10:00:00Z')
const after = new Date('2026-11-29T10:05:00Z')
const before = new Date('2026-11-29T09:59:59Z')
const long = new Date(before.getTime() - 60_000)

const maria = { id: 1, login: 'Maria', isHuman: true }
const author = 2
const writer = 3
const pusher = 4

const word = (more: Partial<Word> = {}): Word => ({
  verdict: 'approve',
  person: maria,
  role: 'write',
  teams: [],
  named: null,
  seen: null,
  at: after,
  emergency: false,
  reason: null,
  ...more,
})

const change = (more: Partial<GatedChange> = {}): GatedChange => ({
  state: 'open',
  title: 'Faster checkout',
  labels: ['bug'],
  isDraft: false,
  isConflicted: false,
  isFork: false,
  isForDefault: true,
  sha: head,
  shownAt: shown,
  mergedAt: null,
  author,
  contributors: new Set([author, writer]),
  pusher,
  pushedAt: long,
  ...more,
})

const rules = (more: Partial<GateRules> = {}): GateRules => ({ ...gateRules.parse({}), ...more })

interface Case {
  readonly word?: Partial<Word>
  readonly change?: Partial<GatedChange>
  readonly rules?: Partial<GateRules>
}

const weighed = (of: Case) => weigh(word(of.word), change(of.change), rules(of.rules))
const who = (id: number) => ({ person: { id, login: 'other', isHuman: true } })
const reject = { verdict: 'reject' } as const
const fork = { isFork: true }

describe('a word counts', () => {
  test.each<[string, Case]>([
    ['of a plain comment after our check was there', {}],
    [
      'in the very second that our check came to what was merged before it',
      { word: { at: shown }, change: { state: 'merged', mergedAt: before } },
    ],
    [
      'that names the commit, also before our check came',
      { word: { named: head.slice(0, 7), at: before } },
    ],
    ['that names the whole commit', { word: { named: head } }],
    ['of a review or a button at this commit', { word: { seen: head }, change: { shownAt: null } }],
    ['of a maintainer where writers are enough', { word: { role: 'maintain' } }],
    ['of who is listed, in any case', { rules: { people: ['maria'] } }],
    [
      'of who is in a team that may',
      { word: { teams: ['platform'] }, rules: { people: ['bob'], teams: ['platform'] } },
    ],
    [
      'about a merged change, whatever its title says',
      { change: { state: 'merged', title: 'WIP' } },
    ],
    [
      'about a fork where that is allowed and the commit is named',
      { change: fork, rules: { forks: true }, word: { named: head } },
    ],
    ['about a change of an author who is gone', { change: { author: null } }],
    ['that rejects, of the author', { word: { ...reject, ...who(author) } }],
    ['that rejects what was pushed a moment ago', { word: { ...reject, at: before } }],
    ['that rejects a draft', { word: reject, change: { isDraft: true } }],
    ['that rejects, of somebody who is not listed', { word: reject, rules: { people: ['bob'] } }],
    [
      'that rejects, of a writer where only admins approve',
      { word: reject, rules: { role: 'admin' } },
    ],
  ])('%s', (_what, of) => {
    expect(weighed(of)).toEqual({ kind: 'counts' })
  })
})

describe('a word is not taken', () => {
  test.each<[GateRefusal, string, Case]>([
    ['bot', 'of a bot or through an app', { word: { person: { ...maria, isHuman: false } } }],
    [
      'bot',
      'that rejects, of a bot',
      { word: { ...reject, person: { ...maria, isHuman: false } } },
    ],
    ['role-too-low', 'of who may only read', { word: { role: 'read' } }],
    ['role-too-low', 'of who may only triage', { word: { role: 'triage' } }],
    ['role-too-low', 'of a stranger', { word: { role: 'none' } }],
    ['role-too-low', 'of a role that nobody knows', { word: { role: 'deployer' } }],
    ['role-too-low', 'of a writer where admins approve', { rules: { role: 'admin' } }],
    ['role-too-low', 'that rejects, of a reader', { word: { ...reject, role: 'read' } }],
    [
      'not-listed',
      'of an admin where others are listed',
      { word: { role: 'admin' }, rules: { people: ['bob'] } },
    ],
    ['not-listed', 'of another team', { word: { teams: ['web'] }, rules: { teams: ['platform'] } }],
    ['author', 'of the author', { word: who(author) }],
    ['author', 'of the author who is admin', { word: { ...who(author), role: 'admin' } }],
    ['contributor', 'of who wrote a commit of it', { word: who(writer) }],
    ['contributors-unknown', 'where not all commits are known', { change: { contributors: null } }],
    ['pusher', 'of who pushed last', { word: who(pusher) }],
    ['pusher-unknown', 'where nobody knows who pushed', { change: { pusher: null } }],
    ['fork', 'about a fork', { change: fork, word: { named: head } }],
    ['sha-needed', 'about a fork without a commit', { change: fork, rules: { forks: true } }],
    ['other-base', 'about what goes elsewhere', { change: { isForDefault: false } }],
    ['closed', 'about what was closed unmerged', { change: { state: 'closed' } }],
    ['draft', 'about a draft', { change: { isDraft: true } }],
    ['work-in-progress', 'about what is not finished', { change: { title: '[WIP] checkout' } }],
    ['conflict', 'about what conflicts', { change: { isConflicted: true } }],
    ['blocked-by-label', 'under a label, in any case', { change: { labels: ['Do-Not-Deploy'] } }],
    [
      'blocked-by-label',
      'under a label after the merge',
      { change: { state: 'merged', labels: ['do-not-deploy'] } },
    ],
    ['sha-needed', 'without a commit where the rules want one', { rules: { 'require-sha': true } }],
    ['sha-differs', 'with another commit', { word: { named: 'fffffff' } }],
    [
      'sha-differs',
      'with the digits of another commit, though seen here',
      { word: { named: 'fffffff', seen: head } },
    ],
    ['head-moved', 'written before our check came to this commit', { word: { at: before } }],
    ['same-second', 'written in the very second that our check came', { word: { at: shown } }],
    [
      'same-second',
      'written in the second of the merge and of our check',
      { word: { at: shown }, change: { state: 'merged', mergedAt: shown } },
    ],
    [
      'head-moved',
      'written after the merge and before our check',
      { word: { at: before }, change: { state: 'merged', mergedAt: long } },
    ],
    ['head-moved', 'where our check never came', { change: { shownAt: null } }],
    [
      'head-moved',
      'about a commit that was shown once and came back since',
      { word: { at: new Date(after.getTime() - 1) }, change: { pushedAt: after } },
    ],
    ['same-second', 'written in the second of the push', { change: { pushedAt: after } }],
    ['head-moved', 'where GitHub does not say when it was pushed', { change: { pushedAt: null } }],
    ['seen-another-head', 'of a review of an older commit', { word: { seen: 'f'.repeat(40) } }],
  ])('%s: %s', (because, _what, of) => {
    expect(weighed(of)).toEqual({ kind: 'refused', because })
  })
})
