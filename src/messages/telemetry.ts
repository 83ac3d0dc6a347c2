import { oneLine } from './plain-text.ts'

/** Lines for who runs the service. */
export function tracesFailed(because: string): string {
  return `Traces could not be sent and will be again: ${oneLine(because)}`
}

export function metricsServed(host: string, port: number): string {
  return `Metrics for Prometheus are at http://${host}:${port}/metrics.`
}
