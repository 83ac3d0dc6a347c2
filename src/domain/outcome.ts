import { z } from 'zod'

/** Why a step could not do what the goal asks. Each has its sentence in messages/refusal.ts. @internal */
export const failureReasons = [
  'no-repository',
  'repository-too-large',
  'no-commit',
  'no-checks',
  'not-reproducible',
  'all-pre-existing',
  'flaky',
  'install-failed',
  'sandbox-refused',
  'sandbox-limit',
  'no-fix-found',
  'fix-incomplete',
  'too-complex',
  'budget-spent',
  'not-shown',
  'no-culprit',
  'not-revertible',
  'fixed-forward',
  'type-check-failed',
  'newly-broken',
  'cheating',
  'secret-found',
  'outside-scope',
  'limits-exceeded',
  'configuration-invalid',
  'check-off',
  'head-moved',
  'declined-before',
  'with-somebody',
  'too-many-open',
  'too-many-lately',
  'being-repaired',
  'tried-too-often',
  'taken-over',
  'went-green',
  'proposal-closed',
  'same-failure',
  'rounds-spent',
  'cancelled',
  'timed-out',
  'ci-cancelled',
  'ci-timed-out',
  'ci-machine',
  'gate-closed',
  'deployed-before',
  'on-hold',
  'switched-off',
  'turn-lost',
  'rollback-refused',
  'build-failed',
  'deploy-timed-out',
  'criteria-not-met',
] as const
export const failureReason = z.enum(failureReasons)
export type FailureReason = z.infer<typeof failureReason>

export const json: z.ZodType<Json> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(json),
    z.record(z.string(), json),
  ]),
)
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json }

/** What a step hands to later steps: plain JSON, so that it survives a restart. */
export type Outputs = Readonly<Record<string, Json>>

/** The three endings of a step. An exception is for what nobody foresaw. */
export type Outcome =
  | { readonly kind: 'done'; readonly outputs: Outputs }
  | {
      readonly kind: 'wait'
      readonly topic: string
      readonly timeoutMs: number
      /** True: when the time is up the step is asked once more, with the message null, instead of failing. */
      readonly resumes?: boolean
    }
  | { readonly kind: 'failed'; readonly reason: FailureReason; readonly detail: string }
