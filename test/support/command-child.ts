import { commandCarrier } from '#adapters/deploy/command-carrier.ts'

import { deployOrder } from './deploy-order.ts'

// Begins a deploy by a command, says so, and waits to be killed.
const [folder = '', home = '', key = ''] = process.argv.slice(2)
const carrier = commandCarrier({ folder, home, redact: (text) => text })
await carrier.carry(deployOrder({ key }), {
  begunAt: new Date(),
  askedAt: null,
  trace: null,
  about: () => Promise.resolve(),
})
process.stdout.write('begun\n')
setInterval(() => undefined, 1000)
