import type { Lesson, Tally } from '#domain/lesson.ts'
import type { Lessons } from '#ports/lessons.ts'

/** Lessons in memory: what is known, and what was learned besides. */
export function memoryLessons(known: readonly Tally[] = []) {
  const learned: Lesson[] = []
  const lessons: Lessons = {
    known: () => Promise.resolve(known),
    learn: async (_of, more) => void learned.push(...more),
  }
  return { lessons, learned }
}
