/** Adds to a list that forgets its oldest entries, so that a GitHub that is asked for a day does not grow for a day. */
export function keep<Entry>(list: Entry[], entry: Entry, most: number): void {
  list.push(entry)
  // In lots: taking the first of many away costs as much as having them.
  if (list.length > most * 1.25) list.splice(0, list.length - most)
}
