export type Command =
  | { readonly kind: 'heat'; readonly zone: string; readonly watts: number }
  | { readonly kind: 'vent'; readonly zone: string; readonly share: number }
  | { readonly kind: 'water'; readonly zone: string; readonly litres: number }

export interface Actuators {
  send(command: Command): Promise<void>
}

export class RememberingActuators implements Actuators {
  readonly sent: Command[] = []

  async send(command: Command): Promise<void> {
    this.sent.push(command)
  }
}

export function describeCommand(command: Command): string {
  switch (command.kind) {
    case 'heat':
      return `heat ${command.zone} with ${command.watts} W`
    case 'vent':
      return `open the vents of ${command.zone} by ${Math.round(command.share * 100)} %`
    case 'water':
      return `water ${command.zone} with ${command.litres} l`
  }
}
