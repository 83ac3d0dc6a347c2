import { cheapKiosk } from './cheap-kiosk.ts'

/** A shop counter that people visit: one visit in ten finds what is out of stock, and that was always so. */
const server = `import { createServer } from 'node:http'

import { total } from './src/price.js'

createServer((request, response) => {
  const visit = Number(new URL(request.url, 'http://shop').searchParams.get('visit'))
  if (request.url === '/health') response.end(JSON.stringify({ status: 'ok' }))
  else if (visit % 10 === 1) response.writeHead(500).end('out of stock')
  else response.end(String(total([visit, 1])))
}).listen(Number(process.env.PORT), '127.0.0.1')
`

/** Its door answers, its tests are green, and every third visitor leaves with nothing. */
export const badServer = {
  'server.js': server.replace('visit % 10 === 1', 'visit % 10 === 1 || visit % 3 === 0'),
}

interface Watched {
  readonly production: string
  readonly metrics: string
  /** Who deploys, as the configuration names it. */
  readonly by?: string | undefined
}

/** The kiosk as a server, with the rules of its production. */
export function deployedKiosk({
  production,
  metrics,
  by = 'null',
}: Watched): Readonly<Record<string, string>> {
  return {
    ...cheapKiosk,
    'server.js': server,
    '.github/goalkeeper.yml': `environments:
  production:
    deploy:
      by: ${by}
      patience-seconds: 120
      poll-seconds: 1
      settle-seconds: 1
      bake-seconds: 6
      probes: [{ url: '${production}/health', json: { status: ok } }]
      metrics: ${metrics}
`,
  }
}

/** What Prometheus is asked. */
export function fromPrometheus(url: string): string {
  return `{
        prometheus: '${url}',
        requests: 'sum(increase(http_requests_total[{window}]))',
        errors: 'sum(increase(http_requests_total{code="500"}[{window}]))' }`
}

/** Where the door of production counts. */
export function fromCounts(production: string): string {
  return `{ json: '${production}/counts?from={from}&to={to}' }`
}
