import { z } from 'zod'

/** Who can deploy besides GitHub; null where nobody is set. */
export interface DeploySettings {
  /** `url` has no slash at its end. */
  readonly vercel: { readonly url: string; readonly token: string } | null
  /** The folder of the commands that deploy; absolute. */
  readonly commands: string | null
}

/** None of their messages repeats a value. */
export const deployVariables = {
  VERCEL_TOKEN: z.string().min(8, 'Shorter than eight characters, so not a token.').optional(),
  VERCEL_API_URL: z
    .url({
      protocol: /^https?$/,
      error: 'Not a URL we can use. Write it like https://api.vercel.com.',
    })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('https://api.vercel.com'),
  DEPLOY_COMMANDS: z
    .string()
    .startsWith('/', 'Not an absolute path. Begin it with a slash.')
    .optional(),
}

const variables = z.object(deployVariables)

export function deploySettings(found: z.infer<typeof variables>): DeploySettings {
  const { VERCEL_TOKEN: token, VERCEL_API_URL: url } = found
  const vercel = token === undefined ? null : { url, token }
  return { vercel, commands: found.DEPLOY_COMMANDS ?? null }
}
