import type { Actuators, Command } from './actuators.ts'
import type { Journal } from './journal.ts'
import type { Sensors } from './sensors.ts'
import { findZone, type Zone } from './zone.ts'

export interface Parts {
  readonly zones: readonly Zone[]
  readonly sensors: Sensors
  readonly actuators: Actuators
  readonly journal: Journal
}

export class Controller {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async tick(): Promise<Command[]> {
    const done: Command[] = []
    for (const { name } of this.#parts.zones) {
      const commands = await this.tend(name)
      done.push(...commands)
    }
    return done
  }

  async tend(name: string): Promise<Command[]> {
    const { actuators, journal, sensors, zones } = this.#parts
    const reading = await sensors.read(name)
    const commands = plan(findZone(zones, name), reading)
    for (const command of commands) {
      await actuators.send(command)
      journal.note(command)
    }
    return commands
  }
}
