import type { House } from './house.ts'
import { setState } from './issues.ts'
import type { Account, Repository } from './state.ts'

interface Text {
  readonly repository: Repository
  readonly text: string
  readonly by: Account
}

const words = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)\b/gi

/** Closes the issues a merged text says it closes: `Fixes #1`. */
export async function closeNamed(house: House, { repository, text, by }: Text): Promise<void> {
  const numbers = new Set([...text.matchAll(words)].map((match) => Number(match[1])))
  for (const issue of repository.issues.filter(({ number }) => numbers.has(number)))
    if (issue.pull === null)
      await setState(house, { repository, issue, by, state: 'closed', reason: 'completed' })
}
