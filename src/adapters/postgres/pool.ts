import { Socket } from 'node:net'

import { Pool } from 'pg'

/**
 * A pool whose connections say what the durable engine retries where the operating system said what it gives up on,
 * which loses a run (seen under kill -9 of the server).
 */
export function openPool(url: string, max: number): Pool {
  const pool = new Pool({ connectionString: url, max, stream: forgivingSocket })
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  // So would one in use that breaks between two queries: the next query fails, and that is enough.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

const retried: Readonly<Record<string, string>> = {
  // A write to a server that just died.
  EPIPE: 'ECONNRESET',
  // The socket of a server that is being started again.
  ENOENT: 'ECONNREFUSED',
}

/** The driver hands the very error of its socket to queries and callbacks, so the first listener may rename it. */
function forgivingSocket(): Socket {
  const socket = new Socket()
  socket.on('error', (error: NodeJS.ErrnoException) => {
    error.code = retried[error.code ?? ''] ?? error.code
  })
  return socket
}
