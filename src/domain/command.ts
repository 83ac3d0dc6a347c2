import { z } from 'zod'

/** What a person may ask for by a line of a comment. Only what does something is here. */
export const verbs = [
  'auto-fix',
  'approve-deploy',
  'reject-deploy',
  'deploy',
  'rollback',
  'lock',
  'unlock',
  'freeze',
  'pause',
  'resume',
  'retry',
  'cancel',
  'status',
  'help',
] as const
export type Verb = (typeof verbs)[number]

/** deploy.md 4: `/verb [environment] [sha7+] [--emergency] [--reason="…" | -- …]`. */
export const command = z.strictObject({
  verb: z.enum(verbs),
  /** For `/pause` and `/resume` the word `all`. */
  environment: z.string().nullable(),
  /** At least seven digits of the commit that is meant. */
  sha: z.string().nullable(),
  reason: z.string().nullable(),
  /** It is to hold during a freeze and outside the hours of deploys. */
  emergency: z.boolean(),
})
export type Command = z.infer<typeof command>

/** Why a line that looks like a command is none. */
const commandMistake = z.enum(['unknown-verb', 'unknown-word', 'two-commands'])

/** `said` is the word that is wrong, `meant` the command that is nearest to it. */
export const mistaken = z.strictObject({
  because: commandMistake,
  said: z.string().max(100),
  meant: z.string().nullable(),
})
export type Mistaken = z.infer<typeof mistaken>

/** What a text asks of us. */
export type Said =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'mistake'; readonly mistake: Mistaken }
