import { createServer, connect } from 'node:net'

// Runs inside the sandbox: the package registry appears on loopback, the way out is one unix socket.
const server = createServer((client) => {
  const registry = connect('/run/registry.sock')
  client.on('error', () => registry.destroy())
  registry.on('error', () => client.destroy())
  client.pipe(registry).pipe(client)
})
server.listen(4873, '127.0.0.1', () => process.stdout.write('listening\n'))
