import { createServer } from 'node:http'

import { findZone, type Zone } from './zone.ts'

const zones: readonly Zone[] = [
  { name: 'north', crop: 'lettuce', squareMetres: 40 },
  { name: 'south', crop: 'tomato', squareMetres: 60 },
]

/** The page of a zone, e.g. /zones/north, and /health for who watches over us. */
createServer((request, response) => {
  const path = request.url ?? '/'
  try {
    const page =
      path === '/health' ? { status: 'ok' } : findZone(zones, path.slice('/zones/'.length))
    response.end(JSON.stringify(page))
  } catch {
    response.writeHead(500).end()
  }
}).listen(Number(process.env['PORT']), '127.0.0.1')
