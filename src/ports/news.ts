import type { ChannelName, News } from '#domain/news.ts'

export interface TakenNews {
  readonly id: string
  readonly channel: ChannelName
  readonly news: News
  readonly postedAt: Date
  /** From 1, counting this one. */
  readonly attempt: number
}

/** Where a step leaves what is to be told: kept at once, told later by whoever runs the service. */
export interface Newsroom {
  post(news: News): Promise<void>
}

/** What waits to be told. Nothing in it says where to: addresses and tokens are settings. */
export interface Outbox {
  post(news: News, channels: readonly ChannelName[]): Promise<void>
  /** Those that are due; nobody else gets them before the lease is over. */
  take(limit: number, leaseMs: number): Promise<readonly TakenNews[]>
  sent(id: string): Promise<void>
  /** `afterMs` null: it is not tried again. */
  failed(id: string, problem: string, afterMs: number | null): Promise<void>
}

/** `refused`: the same again will not help. `problem` is said to whoever runs the service. */
export type Delivered =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused' | 'unreachable'; readonly problem: string }

/** One way to tell. Never throws. */
export interface Channel {
  readonly name: ChannelName
  send(taken: TakenNews): Promise<Delivered>
}
