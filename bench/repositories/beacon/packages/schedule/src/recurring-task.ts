import type { Clock } from "./clock.ts";
import { backoff } from "./backoff.ts";

export type TaskState = "idle" | "running" | "waiting" | "stopped";

/** Runs a job again and again; failures make it wait longer. */
export class RecurringTask {
  readonly #clock: Clock;
  readonly #job: () => Promise<void>;
  readonly #period: number;
  #failures = 0;
  #dueAt: number;
  state: TaskState = "idle";

  constructor(clock: Clock, period: number, job: () => Promise<void>) {
    this.#clock = clock;
    this.#period = period;
    this.#job = job;
    this.#dueAt = clock.now().getTime();
  }

  get isDue(): boolean {
    return this.state !== "stopped" && this.#clock.now().getTime() >= this.#dueAt;
  }

  async tick(): Promise<boolean> {
    if (!this.isDue || this.state === "running") return false;
    this.state = "running";
    try {
      await this.#job();
      this.#failures = 0;
      this.#schedule(this.#period, "idle");
    } catch {
      this.#failures += 1;
      this.#schedule(backoff(this.#failures), "waiting");
    }
    return true;
  }

  stop(): void {
    this.state = "stopped";
  }

  describe(): string {
    switch (this.state) {
      case "idle":
        return "waits for its turn";
      case "running":
        return "runs";
      case "waiting":
        return `failed ${this.#failures} times, tries again`;
      case "stopped":
        return "was stopped";
    }
  }

  #schedule(delay: number, state: TaskState): void {
    this.#dueAt = this.#clock.now().getTime() + delay;
    this.state = state;
  }
}
