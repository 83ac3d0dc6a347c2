import { Socket } from 'node:net'

import { Pool } from 'pg'

/**
 * A pool whose connections say ECONNRESET where the operating system said EPIPE: a write to a server that just died.
 * The durable engine retries the first and gives up on the second, which loses a run (seen under kill -9 of the server).
 */
export function openPool(url: string, max: number): Pool {
  const pool = new Pool({ connectionString: url, max, stream: forgivingSocket })
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  return pool
}

/** The driver hands the very error of its socket to queries and callbacks, so the first listener may rename it. */
function forgivingSocket(): Socket {
  const socket = new Socket()
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') error.code = 'ECONNRESET'
  })
  return socket
}
