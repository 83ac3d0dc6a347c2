import { z } from 'zod'

const moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()])
const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is a time like 09:30')
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** A time in which nothing is deployed. */
export const freezeWindow = z.strictObject({
  from: moment.describe('A day, from its beginning in UTC, or a moment.'),
  to: moment.describe('When it is over: the day itself does not belong to it.'),
})
export type FreezeWindow = z.infer<typeof freezeWindow>

/** When deploys begin. */
export const deployHours = z.strictObject({
  days: z.array(z.enum(days)).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri']),
  from: clock.default('00:00'),
  to: clock.default('23:59').describe('The last minute in which a deploy may begin.'),
  zone: z
    .string()
    .refine(isZone, 'is no time zone')
    .default('UTC')
    .describe('As in Europe/Berlin.'),
})
export type DeployHours = z.infer<typeof deployHours>

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
