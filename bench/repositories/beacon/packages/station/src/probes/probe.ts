import type { Service } from "../service.ts";

export interface ProbeResult {
  readonly ok: boolean;
  readonly detail?: string;
}

export type Probe = (service: Service) => Promise<ProbeResult>;
