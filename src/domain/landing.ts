import { z } from 'zod'

/** What a revert waits for before it is merged. `refused`: GitHub did not merge it and said why. */
const landingWait = z.enum([
  'checks-pending',
  'checks-none',
  'checks-red',
  'protected',
  'behind',
  'conflict',
  'unknown',
  'refused',
  'switched-off',
  'paused',
])
export type LandingWait = z.infer<typeof landingWait>

/** Why nothing more is done for it. `given-up`: it waited for too long, and people have to look. */
const landingEnd = z.enum(['merged', 'closed', 'head-moved', 'given-up'])
export type LandingEnd = z.infer<typeof landingEnd>

/** The type of the entries of the audit log that tell how the landing of a revert goes on. */
export const landingType = 'revert-landing'

/** One of them. */
export const landingNews = z.object({
  because: z.union([landingWait, landingEnd]),
  /** What GitHub says; null where it says nothing. */
  detail: z.string().nullable(),
})
export type LandingNews = z.infer<typeof landingNews>
