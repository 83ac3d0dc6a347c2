import { join } from 'node:path'

import { execa } from 'execa'

import type { OwnSecrets } from '../secrets/own-secrets.ts'

/** What every git call of ours needs: our own directory and the environment to pick harmless variables from. */
export interface GitSettings {
  /** Our directory on this machine; mirrors, work directories and our git configuration live below it. */
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Bytes that a repository may take here: all that was fetched of it, and the files of one commit. Left out: any. */
  readonly most?: number
  /** Seconds after which a server that says nothing is hung up on; left out, ten minutes. */
  readonly silence?: number
  /** Ends what is under way, and lets nothing begin; then its reason is thrown. */
  readonly stop?: AbortSignal
  /** No commit has one of these, be it in its message or in a line that it adds. */
  readonly secrets?: Pick<OwnSecrets, 'inData'>
  /** Asked before each call that reaches a server; null where nothing is known of it. */
  readonly credentials?: (address: string, may: 'read' | 'write') => Promise<Credentials | null>
}

/** What opens a repository on a server to us, for an hour at most. */
interface Credentials {
  readonly user: string
  readonly password: string
}

export interface GitCall {
  /** An existing directory to start in. */
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** The one protocol git may speak; 'none' for everything that stays inside our mirror. */
  readonly protocol?: 'none' | 'file' | 'https' | 'http' | 'ssh'
  /** Ends it; then it throws. */
  readonly stop?: AbortSignal
}

/**
 * Runs git on our terms: no hooks, filters, fsmonitor, pagers or configuration of the machine, no prompts, no lazy
 * fetches, no GIT_* from outside (fixers.md A5). The answer is what it printed; a failure throws git's own words.
 */
export async function git(
  settings: GitSettings,
  call: GitCall,
  args: readonly string[],
): Promise<string> {
  settings.stop?.throwIfAborted()
  // simple-git would wait 50 ms after every command that prints nothing, which is most of what a commit asks.
  const stops = [settings.stop, call.stop].filter((one) => one !== undefined)
  const running = execa('git', [...hardening.flatMap(asFlag), ...patience(settings), ...args], {
    cwd: call.cwd,
    env: { ...environment(settings, call.protocol ?? 'none'), ...call.env },
    extendEnv: false,
    stripFinalNewline: false,
    reject: false,
    detached: stops.length > 0 && isGroup(call),
    ...(call.input === undefined ? { stdin: 'ignore' } : { input: call.input }),
  })
  const release = stoppedBy(stops, call, running.pid)
  const { stdout, stderr, failed } = await running.finally(release)
  if (failed) settings.stop?.throwIfAborted()
  if (failed) throw new Error(stderr.trim() || `git ${args[0] ?? ''} failed`)
  return stdout
}

/** Over HTTP git is a chain of processes that live on without the first. By ssh it may have to ask on the terminal. */
function isGroup({ protocol }: GitCall): boolean {
  return protocol === 'https' || protocol === 'http'
}

/** What has to end with us: a group does not hear Ctrl-C. */
const endings = new Set<() => void>()
process.once('exit', () => endings.forEach((end) => end()))

/** Ends it with the signal, and with us. The answer takes both off again. */
function stoppedBy(
  stops: readonly AbortSignal[],
  call: GitCall,
  pid: number | undefined,
): () => void {
  if (stops.length === 0 || pid === undefined) return () => undefined
  const end = (): void => {
    try {
      process.kill(isGroup(call) ? -pid : pid, 'SIGTERM')
    } catch {
      // It ended by itself.
    }
  }
  for (const stop of stops) stop.addEventListener('abort', end, { once: true })
  endings.add(end)
  return () => {
    for (const stop of stops) stop.removeEventListener('abort', end)
    endings.delete(end)
  }
}

/** A server that packs keeps the line open with five bytes every five seconds, which curl takes for silence too: seen. */
function patience({ silence = 600 }: GitSettings): readonly string[] {
  return ['http.lowSpeedLimit=1', `http.lowSpeedTime=${silence}`].flatMap(asFlag)
}

function asFlag(setting: string): readonly string[] {
  return ['-c', setting]
}

/** Where our own git configuration stands; it keeps the machine's out. */
export function configurationFile(home: string): string {
  return join(home, 'gitconfig')
}

/** Nothing of these is taken from a repository: each line closes a door that was seen open (fixers.md A5). */
const hardening = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.attributesFile=/dev/null',
  'core.quotePath=false',
  'core.protectHFS=true',
  'core.protectNTFS=true',
  'core.autocrlf=false',
  'core.symlinks=true',
  'core.alternateRefsCommand=',
  'gc.auto=0',
  'maintenance.auto=false',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'diff.external=',
  'commit.gpgSign=false',
]

/** The operator's own variables that reach a server: where ssh finds its keys and the way through a proxy. */
const kept = [
  'PATH',
  'HOME',
  'TMPDIR',
  'SSH_AUTH_SOCK',
  'HTTPS_PROXY',
  'https_proxy',
  'NO_PROXY',
  'no_proxy',
]

function environment(settings: GitSettings, protocol: string): Record<string, string> {
  const env: Record<string, string> = {
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ALLOW_PROTOCOL: protocol,
    GIT_PROTOCOL_FROM_USER: '0',
  }
  for (const name of kept) {
    const value = settings.env[name]
    if (value !== undefined) env[name] = value
  }
  // A server may need the operator's credential helper or proxy; nothing else may see the operator's configuration.
  if (!['https', 'ssh'].includes(protocol))
    env['GIT_CONFIG_GLOBAL'] = configurationFile(settings.home)
  return env
}
