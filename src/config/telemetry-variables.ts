import { z } from 'zod'

/** How the service is watched; null where nobody does. */
export interface TelemetrySettings {
  /** Where traces are sent by OTLP over HTTP. */
  readonly traces: string | null
  /** Where Prometheus finds `/metrics`: never the port of the webhooks. */
  readonly metrics: { readonly host: string; readonly port: number } | null
}

const port = 'Not a port. Write a number from 1 to 65535.'

export const telemetryVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({
      protocol: /^https?$/,
      error: 'Not a URL we can use. Write it like http://collector.internal:4318.',
    })
    .optional(),
  METRICS_PORT: z
    .string()
    .regex(/^\d{1,5}$/, port)
    .transform(Number)
    .pipe(z.number().max(65_535, port))
    .optional(),
  METRICS_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'Not a host name or address. Write it like 127.0.0.1 or 0.0.0.0.')
    .default('127.0.0.1'),
}

const variables = z.object(telemetryVariables)

export function telemetrySettings(found: z.infer<typeof variables>): TelemetrySettings {
  const { METRICS_PORT: metricsPort, METRICS_HOST: host } = found
  return {
    traces: found.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    metrics: metricsPort === undefined ? null : { host, port: metricsPort },
  }
}
