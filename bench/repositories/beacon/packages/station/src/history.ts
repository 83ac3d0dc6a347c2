import type { Sample } from "./service.ts";
import { mean, percentile } from "./statistics.ts";

export interface Summary {
  readonly uptime: number;
  readonly meanLatency: number;
  readonly slowLatency: number;
  readonly count: number;
}

export class History {
  readonly #limit: number;
  readonly #samples = new Map<string, Sample[]>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(sample: Sample): void {
    const samples = this.#samples.get(sample.service) ?? [];
    samples.push(sample);
    this.#samples.set(sample.service, samples.slice(-this.#limit));
  }

  of(service: string): readonly Sample[] {
    return this.#samples.get(service) ?? [];
  }

  since(service: string, start: Date): Sample[] {
    return this.of(service).filter(({ at }) => at >= start);
  }

  summary(service: string): Summary {
    const samples = this.of(service);
    const good = samples.filter(({ ok }) => ok);
    const latencies = good.map(({ latencyMs }) => latencyMs);
    return {
      uptime: samples.length === 0 ? 1 : good.length / samples.length,
      meanLatency: mean(latencies),
      slowLatency: percentile(latencies, 0.95),
      count: samples.length,
    };
  }
}
