import { directoryWith, sandboxWorld } from './sandbox-machine.ts'

// A process of ours in the middle of a command with edits and a registry; it is killed there.
const { run } = sandboxWorld({
  home: process.argv[2] ?? '',
  upstream: { url: 'http://127.0.0.1:9/', certificates: null },
})
const running = run(directoryWith({ 'a.txt': '' }), {
  command: 'sleep 60',
  network: 'registry',
  patch: [{ path: 'a.txt', content: 'edited' }],
  timeoutMs: 60_000,
})
await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 1500))])
process.stdout.write('up\n')
await running
