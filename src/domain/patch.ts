import { z } from 'zod'

/** The whole new text of a file, or null where it is deleted. Paths are relative to the root, with forward slashes. */
export const fileEdit = z.strictObject({
  path: z.string().min(1),
  content: z.string().nullable(),
})
export type FileEdit = z.infer<typeof fileEdit>

/** File edits on top of a commit; later edits of a path replace earlier ones. */
export const patch = z.array(fileEdit)
export type Patch = z.infer<typeof patch>

/** The two patches as one: `second` was made on top of `first`. */
export function combine(first: Patch, second: Patch): Patch {
  const edits = new Map(first.map((edit) => [edit.path, edit]))
  for (const edit of second) edits.set(edit.path, edit)
  return [...edits.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
