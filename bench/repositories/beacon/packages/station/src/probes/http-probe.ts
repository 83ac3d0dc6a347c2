import type { Probe, ProbeResult } from "./probe.ts";

type Fetch = (url: string, options: { signal: AbortSignal }) => Promise<{ status: number }>;

const defaultTimeout = 5000;

export function httpProbe(fetch: Fetch): Probe {
  return async ({ url, timeoutMs = defaultTimeout }) => {
    try {
      const { status } = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
      return judge(status);
    } catch (error) {
      return { ok: false, detail: explain(error) };
    }
  };
}

function judge(status: number): ProbeResult {
  return status < 400 ? { ok: true } : { ok: false, detail: `answered ${status}` };
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  return error.name === "TimeoutError" ? "took too long" : error.message;
}
