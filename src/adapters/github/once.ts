import { z } from 'zod'

const failed = z.looseObject({ status: z.number().optional() })

/** Whether the answer got lost on its way: it may have been done. GitHub's own word (4xx) is final. */
function mayBeDone(error: unknown): boolean {
  const { data } = failed.safeParse(error)
  return data?.status === undefined || data.status >= 500
}

/**
 * Creates what is not there yet, at most once as far as one can look: it is searched for before, and again when the answer
 * to the creation got lost. A POST is never sent twice in a row.
 */
export async function createdOnce<T>(
  find: () => Promise<T | null>,
  create: () => Promise<T>,
): Promise<T> {
  const known = await find()
  if (known !== null) return known
  try {
    return await create()
  } catch (error) {
    const made = mayBeDone(error) ? await find() : null
    if (made === null) throw error
    return made
  }
}

/** The same; what was there before is brought up to date, and what was created now says it already. */
export async function shownOnce<T>(
  find: () => Promise<T | null>,
  create: () => Promise<T>,
  update: (one: T) => Promise<unknown>,
): Promise<T> {
  let isNew = false
  const one = await createdOnce(find, async () => {
    const created = await create()
    isNew = true
    return created
  })
  if (!isNew) await update(one)
  return one
}
