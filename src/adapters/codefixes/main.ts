import { text } from 'node:stream/consumers'

import { giveWay } from './give-way.ts'
import { createShelf, openAhead } from './project/shelf.ts'
import type { RepairRequest } from './protocol.ts'
import { repair } from './repair.ts'
import { endAfter } from './watchdog.ts'

/**
 * Opens the configurations that its arguments name until there is a RepairRequest on stdin, and prints a RepairAnswer.
 * Whoever has no question after all closes stdin. Runs inside the sandbox, in the root of the repository.
 */
const root = process.cwd()
const shelf = createShelf()
const configs = process.argv.slice(2)
const asked = text(process.stdin)
if (configs.length > 0) {
  giveWay()
  await openAhead(shelf, root, { configs, asked })
}
const question = await asked
if (question !== '') {
  const request: RepairRequest = JSON.parse(question)
  // The search ends itself within its budget; twice as much is only used where it cannot.
  endAfter(2 * request.budgetMs)
  process.stdout.write(JSON.stringify(repair(root, request, shelf)))
}
