import { sandboxWorld } from './sandbox-machine.ts'

// A process of ours that is killed while a command runs; the test names the command.
const { run } = sandboxWorld()
await run({ 'a.txt': '' }, { command: process.argv[2] ?? 'true', timeoutMs: 120_000 })
