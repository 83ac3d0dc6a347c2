import { describeCommand, type Command } from './actuators.ts'

export interface Entry {
  readonly at: Date
  readonly command: Command
}

export class Journal {
  readonly #entries: Entry[] = []
  readonly #clock: () => Date

  constructor(clock: () => Date) {
    this.#clock = clock
  }

  note(command: Command): void {
    this.#entries.push({ at: this.#clock(), command })
  }

  lines(): string[] {
    return this.#entries.map(
      ({ at, command }) => `${at.toISOString().slice(11, 16)} ${describeCommand(command)}`,
    )
  }

  get length(): number {
    return this.#entries.length
  }
}
