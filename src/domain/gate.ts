import { z } from 'zod'

import { type AutoAnswer, autoApprove } from './auto-approval.ts'
import { deployPlan } from './deploy.ts'
import { deployHours, freezeWindow } from './opening.ts'

/** Our name on a commit where deploys wait for people; a ruleset may require it. */
export const gateCheckName = 'goalkeeper / deploy'

/** Who may open which gate stands there, on the default branch. */
export const policyPath = '.github/goalkeeper.yml'

const roles = ['write', 'maintain', 'admin'] as const

/** Who opens the gate of an environment, and how. */
export const gateRules = z.strictObject({
  approvals: z
    .number()
    .int()
    .min(1)
    .max(6)
    .default(1)
    .describe('So many different people must approve.'),
  role: z.enum(roles).default('write').describe('The least role on GitHub of who approves.'),
  people: z
    .array(z.string())
    .default([])
    .describe('Logins; where there are some, only they and the teams approve.'),
  teams: z
    .array(z.string())
    .default([])
    .describe('Teams of the organization, by the name in their address; as people.'),
  'expires-hours': z
    .number()
    .positive()
    .max(24 * 30)
    .default(24)
    .describe('An approval is good for so long (I9: never without an end).'),
  'second-look-hours': z
    .number()
    .positive()
    .max(24 * 30)
    .default(24)
    .describe('So soon somebody else has to look at a deploy that was an emergency.'),
  'require-sha': z.boolean().default(false).describe('An approval must name the commit.'),
  forks: z.boolean().default(false).describe('Changes from forks may be deployed.'),
  'blocking-labels': z
    .array(z.string())
    .default(['do-not-deploy'])
    .describe('Labels of a pull request that keep the gate closed.'),
  freezes: z.array(freezeWindow).default([]).describe('When nothing is deployed.'),
  hours: deployHours
    .nullable()
    .default(null)
    .describe('When deploys may begin; left out, at any time.'),
  'auto-approve': autoApprove
    .nullable()
    .default(null)
    .describe('Small changes of these paths need no person, where Goalkeeper deploys.'),
  deploy: deployPlan
    .nullable()
    .default(null)
    .describe('Goalkeeper deploys what is merged and approved; left out, others do.'),
})
export type GateRules = z.infer<typeof gateRules>

/** Environments by name: as GitHub calls them, in lower case. */
export const environments = z
  .record(z.string().regex(/^[a-z0-9._-]{1,64}$/), gateRules)
  .default({})
  .describe('Name of an environment → who may approve a deploy to it.')

export interface Person {
  /** GitHub's number: a login may be somebody else's tomorrow. */
  readonly id: number
  readonly login: string
}

/** Why a decision does not count any more. `edited`: by somebody else than who decided. */
export type VoidReason = 'superseded' | 'edited' | 'deleted' | 'dismissed'

/** What somebody decided about a deploy. */
export interface Decision {
  /** Where it was said, e.g. `comment 17`: said once, it counts once. */
  readonly source: string
  readonly verdict: 'approve' | 'reject'
  readonly person: Person
  /** The commit it is about, and the tree of files that has; with it goes what a merge would have. */
  readonly sha: string
  readonly trees: readonly string[]
  /** The rules it was given under, as text. */
  readonly plan: string
  readonly reason: string | null
  /** It is to hold during a freeze and outside the hours of deploys. */
  readonly emergency: boolean
  readonly at: Date
  readonly expiresAt: Date
  readonly voided: VoidReason | null
}

/** Why somebody's word about a deploy is not taken. */
export type GateRefusal =
  | 'bot'
  | 'role-too-low'
  | 'not-listed'
  | 'author'
  | 'contributor'
  | 'contributors-unknown'
  | 'pusher'
  | 'pusher-unknown'
  | 'other-base'
  | 'fork'
  | 'closed'
  | 'draft'
  | 'work-in-progress'
  | 'conflict'
  | 'blocked-by-label'
  | 'sha-needed'
  | 'sha-differs'
  | 'head-moved'
  | 'same-second'
  | 'seen-another-head'
  | 'emergency-without-reason'
  | 'emergency-role-too-low'
  | 'switched-off'
  | 'paused'
  | 'locked'
  | 'frozen'
  | 'freeze-window'
  | 'outside-hours'

/** How a gate stands. */
export type Standing =
  | {
      readonly kind: 'approved'
      readonly by: readonly Person[]
      readonly until: Date
      readonly since: Date
      /** Who says that it cannot wait for a freeze or the hours of deploys; null where nobody does. */
      readonly emergency: { readonly by: Person; readonly reason: string } | null
    }
  | { readonly kind: 'pending'; readonly by: readonly Person[]; readonly needs: number }
  | { readonly kind: 'rejected'; readonly by: Person; readonly reason: string | null }
  /** Approved, and yet the change is not as it must be. */
  | { readonly kind: 'blocked'; readonly because: GateRefusal; readonly until: Date }
  /** Somebody changed the words of somebody else's approval. */
  | { readonly kind: 'tampered'; readonly approver: Person }

/** What an approval is bound to beside the files: who may give it, and how it is deployed and watched. */
interface GatePlan {
  readonly rules: GateRules
  /** SHA-256 over the environment's name and all of its rules, as hexadecimal digits. */
  readonly digest: string
}

/** The fact that an approval was used, in the audit log. */
export const approvalUsedType = 'approval-used'

/** One environment's gate as it is shown. */
export interface GateView {
  readonly environment: string
  readonly standing: Standing
  readonly plan: GatePlan
  /** What the rule for small changes says; null where there is none. */
  readonly automatic: AutoAnswer | null
}
