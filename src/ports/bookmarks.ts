/** Where work that goes on for ever stands, for all processes on one database. */
export interface Bookmarks {
  /**
   * Begins a round, unless any process began one within `everyMs`: then null. Answers with the place the last ended
   * round came to; null when there is none.
   */
  begin(name: string, everyMs: number): Promise<{ readonly place: string | null } | null>
  /** The next round begins here. A round that does not end is done again from where it began. */
  end(name: string, place: string): Promise<void>
}
