import type { Json } from './outcome.ts'

/** Ways by which people who are not on GitHub hear of something. The words are stored, so they are for ever. */
export type ChannelName = 'slack' | 'slack-api' | 'mail' | 'webhook'

/** Something to be told. */
export interface News {
  /** The same key is told once per channel, however often it is posted. */
  readonly key: string
  /** What it is about, for machines, e.g. `deploy.verified`. */
  readonly type: string
  readonly subject: string
  /** A few lines, and all there is to say; both plain text. */
  readonly brief: string
  readonly full: string
  readonly data: Json
}
