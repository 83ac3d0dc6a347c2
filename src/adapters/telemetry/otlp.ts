import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'

import type { FinishedRun } from '#ports/telemetry.ts'

import { spansOf } from './spans.ts'

export interface TraceSender {
  /** Throws where the collector did not take them. */
  send(runs: readonly FinishedRun[]): Promise<void>
  stop(): Promise<void>
}

/** Sends traces by OTLP over HTTP; headers for the collector are in OTEL_EXPORTER_OTLP_HEADERS, as everywhere. */
export function otlpSender(endpoint: string): TraceSender {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })
  return {
    send: (runs) =>
      new Promise((resolve, reject) => {
        exporter.export(runs.flatMap(spansOf), ({ error }) => {
          if (error === undefined) resolve()
          else reject(error)
        })
      }),
    stop: () => exporter.shutdown(),
  }
}
