import { commandCarrier } from '#adapters/deploy/command-carrier.ts'

// Begins a deploy by a command, says so, and waits to be killed.
const [folder = '', home = '', key = ''] = process.argv.slice(2)
const carrier = commandCarrier({ folder, home, redact: (text) => text })
await carrier.carry(
  {
    repository: { installation: 7, id: 11, owner: 'octo', name: 'kiosk' },
    environment: 'production',
    sha: 'a'.repeat(40),
    task: 'deploy',
    means: 'command',
    patienceSeconds: 60,
    taskId: 'task-1',
    key,
  },
  { begunAt: new Date(), askedAt: null, trace: null, about: () => Promise.resolve() },
)
process.stdout.write('begun\n')
setInterval(() => undefined, 1000)
