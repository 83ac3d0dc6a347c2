import type { HostedRepository } from '#domain/hosted.ts'

/** An issue of ours, as it is to be. `issue`: its number where it is known; the marker, the first line of its body, else. */
export interface NoticeView {
  readonly issue: number | null
  readonly marker: string
  readonly title: string
  /** Markdown, at most 65,536 characters. */
  readonly body: string
  readonly labels: readonly string[]
  readonly state: 'open' | 'closed'
  /** The newest that it tells: what somebody closed after that stays closed. */
  readonly newsAt: Date
}

export interface Notices {
  /** Opened once and changed afterwards; the number, or null where the repository has no issues. */
  show(repository: HostedRepository, view: NoticeView): Promise<number | null>
}
