import { Probot, ProbotOctokit } from 'probot'
import { z } from 'zod'

interface Credentials {
  readonly appId: number
  /** PEM. */
  readonly privateKey: string
  /** There is no default: Probot's own is known to everybody. */
  readonly webhookSecret: string
  readonly apiUrl: string
}

export interface Receiver {
  readonly probot: Probot
  /** Whether somebody who knows the secret signed just this body. */
  verify(body: string, signature: string): Promise<boolean>
  /** Has everything that hangs on the Probot hear a delivery. Throws when one of them does. */
  receive(delivery: {
    readonly id: string
    readonly name: string
    readonly payload: unknown
  }): Promise<void>
}

/** A Probot without its server and its log: deliveries come to it out of the inbox. */
export async function openProbot(of: Credentials): Promise<Receiver> {
  const { appId, privateKey, webhookSecret: secret, apiUrl: baseUrl } = of
  const probot = new Probot({
    appId,
    privateKey,
    secret,
    baseUrl,
    Octokit: PacedOctokit,
    // It would log whole payloads and headers; what fails is on record in the inbox.
    logLevel: 'fatal',
    logFormat: 'json',
  })
  await probot.ready()
  return {
    probot,
    verify: (body, signature) => probot.webhooks.verify(body, signature).catch(() => false),
    receive: async (delivery) => probot.receive(received.parse(delivery)),
  }
}

type Received = Parameters<Probot['receive']>[0]

/** Probot asks for no more than this and hands it on as it is. */
const shape = z.object({ id: z.string(), name: z.string(), payload: z.looseObject({}) })
const received = z.custom<Received>((value) => shape.safeParse(value).success)

type OctokitOptions = NonNullable<ConstructorParameters<typeof ProbotOctokit>[0]>

const installed = z.object({ installationId: z.number() })

/** `context.octokit` has one limiter for all installations; this has one for each, the same as our own clients. */
const PacedOctokit = ProbotOctokit.defaults((options: OctokitOptions) => {
  const { data } = installed.safeParse(options.auth)
  return {
    ...options,
    throttle: { ...options.throttle, id: String(data?.installationId ?? 'app') },
  }
})
