import { z } from 'zod'

/** Where and when the way of a deploy is tried by itself (S2-46). */
export interface SelfTestSettings {
  readonly owner: string
  readonly name: string
  /** Of GitHub's deployments. */
  readonly environment: string
  /** A cron expression of five fields, UTC. */
  readonly cron: string
}

/** K31: what is called so is somebody's production, or may be. */
const isProduction = /\bprod(?:uction)?\b|^live$/i

const field = '[\\d*,/a-z-]+'

export const selfTestVariables = {
  SELF_TEST: z
    .string()
    .regex(
      /^[\w-]+\/[\w.-]+\/[^\s/][^/]{0,62}$/,
      'Not a repository with an environment. Write it like SELF_TEST=acme/shop/preview.',
    )
    .refine(
      (value) => !isProduction.test(value.split('/')[2] ?? ''),
      'A self-test is never deployed to production. Name a preview.',
    )
    .optional(),
  SELF_TEST_CRON: z
    .string()
    .regex(
      new RegExp(`^${field}(?: ${field}){4}$`, 'i'),
      'Not a cron expression of five fields. Write it like SELF_TEST_CRON=17 3 * * 1.',
    )
    .default('17 3 * * 1'),
}

const variables = z.object(selfTestVariables)

/** Null: nobody asked for it. */
export function selfTestSettings(found: z.infer<typeof variables>): SelfTestSettings | null {
  if (found.SELF_TEST === undefined) return null
  const [owner = '', name = '', environment = ''] = found.SELF_TEST.split('/')
  return { owner, name, environment, cron: found.SELF_TEST_CRON }
}
