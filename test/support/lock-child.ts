import { mkdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { withProcessLock } from '#adapters/system/process-lock.ts'

// Goes through the rounds of a directory; what is done under a round's lock fails where somebody else does it too.
const [directory = '', rounds = '0'] = process.argv.slice(2)
process.stdout.write('up\n')
await new Promise((resolve) => {
  process.stdin.once('data', resolve)
})
for (let round = 0; round < Number(rounds); round += 1) {
  await withProcessLock(join(directory, `${round}.lock`), async () => {
    mkdirSync(join(directory, `${round}.busy`))
    await sleep(2)
    rmdirSync(join(directory, `${round}.busy`))
  })
}
process.exit()
