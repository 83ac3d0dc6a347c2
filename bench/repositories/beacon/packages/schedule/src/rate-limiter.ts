import type { Clock } from "./clock.ts";

/** A bucket of tokens that refills evenly. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #capacity: number;
  readonly #refillMs: number;
  #tokens: number;
  #updatedAt: number;

  constructor(clock: Clock, capacity: number, refillMs: number) {
    this.#clock = clock;
    this.#capacity = capacity;
    this.#refillMs = refillMs;
    this.#tokens = capacity;
    this.#updatedAt = clock.now().getTime();
  }

  take(): boolean {
    this.#refill();
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  get available(): number {
    this.#refill();
    return Math.floor(this.#tokens);
  }

  #refill(): void {
    const now = this.#clock.now().getTime();
    const gained = (now - this.#updatedAt) / this.#refillMs;
    this.#tokens = Math.min(this.#capacity, this.#tokens + gained);
    this.#updatedAt = now;
  }
}
