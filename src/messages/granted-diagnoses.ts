import type { AppAnswer, AppHealth, Granted, InstallationHealth } from '#domain/app-health.ts'

import { type Diagnosis } from './doctor.ts'

export interface Asked {
  /** What app.yml asks for. */
  readonly wanted: Granted
}

type Known = Extract<AppAnswer, { kind: 'known' }>

/** Permissions and events: of the App as it is registered, and of each installation, which accepts them later or never. */
export function grantedDiagnoses(
  { installations }: AppHealth,
  { granted, page }: Known,
  { wanted }: Asked,
): readonly Diagnosis[] {
  const registered = [
    diagnosis('Permissions', permissionGaps(wanted, granted), {
      missing: `Grant them under Permissions & events in the settings of ${page}, and accept them where the App is installed.`,
      superfluous: `Take them back under Permissions & events in the settings of ${page}: Goalkeeper does not use them.`,
    }),
    diagnosis('Events', eventGaps(wanted, granted), {
      missing: `Subscribe to them under Permissions & events in the settings of ${page}.`,
      superfluous: `Unsubscribe from them under Permissions & events in the settings of ${page}: nothing listens to them.`,
    }),
  ]
  if (installations.length > 0)
    return [...registered, ...installations.map((one) => installation(one, wanted))]
  const remedy = `Install it: ${page}/installations/new`
  return [
    ...registered,
    { name: 'Installations', state: 'warning', found: 'nowhere installed', remedy },
  ]
}

function installation(of: InstallationHealth, wanted: Granted): Diagnosis {
  const name = `Installation on ${of.account}`
  if (of.isSuspended)
    return { name, state: 'warning', found: 'suspended', remedy: `Unsuspend it: ${of.page}` }
  const { missing } = permissionGaps(wanted, of.granted)
  return diagnosis(
    name,
    { missing, superfluous: [] },
    {
      missing: `Accept the new permissions: ${of.page}`,
      superfluous: '',
    },
  )
}

interface Gaps {
  readonly missing: readonly string[]
  readonly superfluous: readonly string[]
}

/** What is missing stops the work; what is too much only is more than we need. */
function diagnosis(
  name: string,
  { missing, superfluous }: Gaps,
  remedies: Record<keyof Gaps, string>,
): Diagnosis {
  const parts = [
    missing.length === 0 ? '' : `missing: ${missing.join(', ')}`,
    superfluous.length === 0 ? '' : `not needed: ${superfluous.join(', ')}`,
  ].filter(Boolean)
  const found = parts.join('; ')
  if (missing.length > 0) {
    const both = superfluous.length > 0 ? ` ${remedies.superfluous}` : ''
    return { name, state: 'missing', found, remedy: `${remedies.missing}${both}` }
  }
  if (superfluous.length > 0) return { name, state: 'warning', found, remedy: remedies.superfluous }
  return { name, state: 'ok', found: 'as in app.yml', remedy: null }
}

const levels = ['read', 'write', 'admin']

function permissionGaps(wanted: Granted, granted: Granted): Gaps {
  return { missing: beyond(wanted, granted), superfluous: beyond(granted, wanted) }
}

/** What one has and the other has not, or not so much of. */
function beyond(one: Granted, other: Granted): readonly string[] {
  return Object.entries(one.permissions)
    .filter(
      ([name, level]) => levels.indexOf(level) > levels.indexOf(other.permissions[name] ?? ''),
    )
    .map(([name, level]) => `${name}: ${level}`)
}

function eventGaps(wanted: Granted, granted: Granted): Gaps {
  return {
    missing: wanted.events.filter((event) => !granted.events.includes(event)),
    superfluous: granted.events.filter((event) => !wanted.events.includes(event)),
  }
}
