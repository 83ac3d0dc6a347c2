import { git } from './run-git.ts'

const told = new Map<string, Promise<string>>()

/**
 * What git says of objects by their full ids: it never changes, so git is asked once. A refusal is not kept: what is
 * missing may come yet. By any other name than a full id git is asked each time.
 */
export async function lasting(
  directory: string,
  args: readonly string[],
  ...ids: readonly string[]
): Promise<string> {
  const asking = [...args, ...ids]
  if (!ids.every(isFullId)) return await git(directory, asking)
  const key = [directory, ...asking].join('\0')
  const answer = told.get(key) ?? git(directory, asking)
  told.set(key, answer)
  answer.catch(() => told.delete(key))
  return await answer
}

/** `from..to` counts as the ids on both sides. */
function isFullId(id: string): boolean {
  return /^(?:[0-9a-f]{40}\.\.)?[0-9a-f]{40}(?:\^\{(?:commit|tree)\})?$/.test(id)
}
