import type { CiReport, CiTrouble } from '#domain/ci.ts'

/**
 * Whether a red check speaks of the machine it ran on instead of the code. A machine's fate is read from what GitHub
 * itself says; limits and networks only from steps that fetch something, for tests print such words too.
 */
export function troubleOf(report: CiReport): CiTrouble | null {
  const told = byConclusion[report.conclusion]
  const said = report.annotations.map(({ message }) => message).join('\n')
  const fate = machine.find(([, words]) => words.test(said))?.[0] ?? null
  // A runner that is lost cancels its job as well: what is more exact counts.
  if (fate !== null || told !== undefined) return fate ?? told ?? null
  return fetching(report)
    ? (fetched.find(([, words]) => words.test(logOf(report)))?.[0] ?? null)
    : null
}

const byConclusion: Readonly<Record<string, CiTrouble | undefined>> = {
  cancelled: 'cancelled',
  timed_out: 'timed-out',
  startup_failure: 'not-started',
}

type Words = readonly (readonly [CiTrouble, RegExp])[]

/** What GitHub writes beside a job whose machine failed it. */
const machine: Words = [
  [
    'timed-out',
    /^The (?:job|action '.{0,200}') (?:running on runner .{0,200} )?has (?:exceeded the maximum execution time|timed out after) /m,
  ],
  [
    'runner-lost',
    /^(?:The (?:hosted|self-hosted) runner(?:: .{0,200})? lost communication with the server|The runner has received a shutdown signal|The hosted runner encountered an error while running your job)/m,
  ],
  [
    'not-started',
    /^(?:The job was not started because |No runner matching the specified labels was found|This request was automatically failed because there were no enabled runners|The job was not acquired by Runner)/m,
  ],
  [
    'no-space',
    /^(?:You are running out of disk space|System\.IO\.IOException: No space left on device)/m,
  ],
]

/** What installs and actions print when a service refuses them or cannot be reached. */
const fetched: Words = [
  ['no-space', /\bENOSPC\b|No space left on device/],
  [
    'rate-limited',
    /API rate limit exceeded|secondary rate limit|\b429 Too Many Requests\b|toomanyrequests/i,
  ],
  [
    'network',
    /\b(?:ECONNRESET|ECONNREFUSED|ETIMEDOUT|ESOCKETTIMEDOUT|EAI_AGAIN|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b|getaddrinfo ENOTFOUND|network timeout at:|socket hang up|\b50[234] (?:Bad Gateway|Service Unavailable|Gateway Time-?out)\b|Could not resolve host/i,
  ],
]

function fetching({ log }: CiReport): boolean {
  if (log.kind !== 'read' || log.command === null) return false
  return installs.test(log.command) || uses.test(log.command)
}

const installs =
  /^(?:(?:npm|pnpm|bun) (?:ci|i|install|add)|yarn(?: install)?(?: --\S+)*$|corepack |npx (?:--yes )?playwright install|apt-get |sudo apt-get |pip3? install |docker pull )/

/** An action instead of a script. */
const uses = /^[\w.-]+\/[\w./-]+@\S+$/

function logOf({ log }: CiReport): string {
  return log.kind === 'read' ? log.text : ''
}
