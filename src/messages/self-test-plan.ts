import { oneLine } from './plain-text.ts'

/** Lines for who runs the service. */
export function selfTestOn(of: {
  readonly owner: string
  readonly name: string
  readonly environment: string
  readonly cron: string
}): string {
  return `Deploys are tried with a commit that changes nothing: ${of.owner}/${of.name}, ${of.environment}, at ${of.cron} (UTC).`
}

export function selfTestOff(): string {
  return 'In shadow mode nothing is published, so SELF_TEST tries nothing.'
}

export function selfTestUnplanned(because: string): string {
  return `SELF_TEST could not be planned: ${oneLine(because)}; it is tried again in a minute.`
}
