import type { Probe, ProbeResult } from "./probe.ts";

/** Believes a failure only when it happens several times in a row. */
export function retryingProbe(probe: Probe, attempts: number): Probe {
  return async (service) => {
    let result: ProbeResult = { ok: false, detail: "never tried" };
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      // oxlint-disable-next-line no-await-in-loop
      result = await probe(service);
      if (result.ok) return result;
    }
    return result;
  };
}
