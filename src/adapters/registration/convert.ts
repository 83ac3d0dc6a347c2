import { Octokit } from '@octokit/rest'
import { z } from 'zod'

/** A new App, and what only its owner may know. */
export interface NewApp {
  readonly id: number
  readonly page: string
  /** PEM. */
  readonly privateKey: string
  readonly webhookSecret: string
}

const answer = z.object({
  id: z.number(),
  html_url: z.string(),
  pem: z.string(),
  webhook_secret: z.string(),
})

/** Exchanges the code of a registration, once and within an hour. Throws where GitHub will not. */
export async function convert(apiUrl: string, code: string): Promise<NewApp> {
  const octokit = new Octokit({ baseUrl: apiUrl, log: silent })
  const { data } = await octokit.rest.apps.createFromManifest({ code })
  const { id, html_url: page, pem: privateKey, webhook_secret } = answer.parse(data)
  return { id, page, privateKey, webhookSecret: webhook_secret }
}

/** The answer is a secret: nothing is said about it. */
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }

function nothing(): void {
  // Silence.
}
