import { codeBlock } from './markdown.ts'

/** Marks the one review of ours on a head. */
export function suggestionMarker(headSha: string): string {
  return `<!-- goalkeeper:suggestion ${headSha} -->`
}

export function reviewWords(count: number): string {
  const what = count === 1 ? 'a suggestion' : `${count} suggestions`
  const how = count === 1 ? 'Commit it' : 'Add them all to one batch: they belong together'
  return `Goalkeeper repaired this commit and proved it in a sandbox. Here is the fix as ${what}. ${how}.`
}

/** A suggestion as GitHub reads it; of no lines at all it deletes. */
export function suggestionBlock(text: readonly string[]): string {
  return text.length === 0 ? '```suggestion\n```' : codeBlock(text.join('\n'), 'suggestion')
}
