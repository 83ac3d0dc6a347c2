import { z } from 'zod'

import { command, mistaken } from './command.ts'
import {
  deploymentReported,
  deployWaits,
  incidentChanged,
  mergeQueued,
} from './hub-deploy-event.ts'
import { account, branch, id, inRepository, pull, sha, told } from './hub-words.ts'

/** What GitHub tells us, in our own words. Everything a person or a program could have written in it is unproved. */

/** The commit that was checked. GitHub leaves out `branch` and `pulls` where the head is on a fork. */
const head = z.strictObject({
  sha,
  branch: branch.nullable(),
  /** The repository the commit was pushed to; null where GitHub does not say. */
  repositoryId: id.nullable(),
})

/** The app that reports a check; null where GitHub does not say. */
const reporter = z.strictObject({ id, slug: z.string().nullable() }).nullable()

/** A check, a suite of an app or a workflow ended red. GitHub tells of one failure in up to three of these. */
const checkFailed = z.strictObject({
  kind: z.literal('check-failed'),
  ...inRepository,
  source: z.enum(['check-run', 'check-suite', 'workflow-run', 'status']),
  conclusion: z.enum(['failure', 'timed-out']),
  head,
  pulls: z.array(pull),
  /** `id` is that of the check run, check suite, workflow run or status that `source` names. */
  check: z.strictObject({ id, name: z.string().nullable() }),
  reporter,
})

/** All checks of one app on a commit ended, or one check or status: who waits for CI may look. It wakes and never starts anything. */
const checksCompleted = z.strictObject({
  kind: z.literal('checks-completed'),
  ...inRepository,
  source: z.enum(['check-run', 'check-suite', 'status']),
  /** GitHub's word, or null where it has none. */
  conclusion: z.string().nullable(),
  head,
  pulls: z.array(pull),
  reporter,
})

/** Somebody asks for a fix. Whether the sender may ask is to be learned from GitHub, never from here. */
const fixAsked = z.strictObject({
  kind: z.literal('fix-asked'),
  ...inRepository,
  by: z.enum(['label', 'comment']),
  /** The number of the issue or pull request. */
  number: id,
  onPull: z.boolean(),
  open: z.boolean(),
  commentId: id.nullable(),
})

const asking = {
  ...inRepository,
  /** The number of the issue or pull request. */
  number: id,
  onPull: z.boolean(),
  commentId: id.nullable(),
}

/** Somebody gives a command about a deploy, or asks for help. Whether the sender may is asked from GitHub. */
const commandGiven = z.strictObject({
  kind: z.literal('command-given'),
  ...asking,
  command,
  /** Where it stands, e.g. `comment 17`: the same however often it is told. */
  source: z.string(),
  /** The commit that GitHub says was looked at; a plain comment has none. */
  seen: sha.nullable(),
  /** Null where GitHub does not say: then it is now. */
  at: z.iso.datetime().nullable(),
  /** Written by a program in somebody's name. */
  byApp: z.boolean(),
})

/** A line that looks like a command and is none. */
const commandMistaken = z.strictObject({
  kind: z.literal('command-mistaken'),
  ...asking,
  mistake: mistaken,
})

/** Words that may have been a decision are not what they were. */
const wordsChanged = z.strictObject({
  kind: z.literal('words-changed'),
  ...inRepository,
  source: z.string(),
  how: z.enum(['edited', 'deleted', 'dismissed']),
})

/** A pull request was opened, or something about it changed that a deploy depends on. */
const pullChanged = z.strictObject({ kind: z.literal('pull-changed'), ...inRepository, number: id })

const pullRequestClosed = z.strictObject({
  kind: z.literal('pull-request-closed'),
  ...inRepository,
  pull,
  merged: z.boolean(),
  /** The commit that it became; null where it was not merged. */
  mergedAs: sha.nullable(),
  /** Who merged it; who only closed it is the sender. */
  mergedBy: account.nullable(),
  author: account.nullable(),
})

/** It shows commits that may have been looked at before there was anybody to tell. */
const pullRequestOpened = z.strictObject({
  kind: z.literal('pull-request-opened'),
  ...inRepository,
  pull,
})

const branchPushed = z.strictObject({
  kind: z.literal('branch-pushed'),
  ...inRepository,
  ref: z.string().startsWith('refs/heads/'),
  branch,
  /** Null for a new branch. */
  before: sha.nullable(),
  /** Null for a branch that was deleted. */
  after: sha.nullable(),
  forced: z.boolean(),
  /** The name GitHub gives the pusher: a login, or the title of a deploy key. */
  pusher: z.string(),
  /** The messages of what was pushed, the oldest first. */
  messages: z.array(z.string()),
  /** The message of the new head, whose trailers tell whose commit it is; null for a branch that was deleted. */
  message: z.string().nullable(),
})

/** The app was installed, removed, put to sleep, woken, or may see other repositories than before. */
const installationChanged = z.strictObject({
  kind: z.literal('installation-changed'),
  ...told,
  installationId: id,
  account,
  change: z.enum([
    'created',
    'deleted',
    'suspended',
    'unsuspended',
    'permissions-accepted',
    'repositories-added',
    'repositories-removed',
  ]),
  repositories: z.array(z.strictObject({ id, fullName: z.string() })),
})

export const hubEvent = z.discriminatedUnion('kind', [
  checkFailed,
  checksCompleted,
  fixAsked,
  commandGiven,
  commandMistaken,
  wordsChanged,
  pullChanged,
  deployWaits,
  mergeQueued,
  pullRequestClosed,
  pullRequestOpened,
  branchPushed,
  deploymentReported,
  incidentChanged,
  installationChanged,
])
export type HubEvent = z.infer<typeof hubEvent>
