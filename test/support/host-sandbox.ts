import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, sep } from 'node:path'
import { Readable } from 'node:stream'

import { execa } from 'execa'

import type { CommandEnd } from '#domain/evidence.ts'
import type { FileEdit, Patch } from '#domain/patch.ts'
import type { Sandbox, SandboxRequest, SandboxResult } from '#ports/sandbox.ts'

/** The Sandbox port WITHOUT isolation: only for fixtures that we wrote ourselves. */
export function hostSandbox(): Sandbox & { readonly runs: () => number } {
  let runs = 0
  return {
    runs: () => runs,
    prove: async () => ({ kind: 'holds', mechanism: 'none: trusted fixtures only' }),
    run: async (request) => {
      runs += 1
      const root = mkdtempSync(join(tmpdir(), 'gk-host-'))
      try {
        lay(root, request)
        return await execute(root, request)
      } finally {
        rmSync(root, { recursive: true, force: true })
      }
    },
  }
}

function lay(root: string, { source, mounts, patch }: SandboxRequest): void {
  cpSync(source, root, { recursive: true, filter: (from) => !isHidden(from, source) })
  for (const mount of mounts) {
    const at = join(root, mount.path)
    rmSync(at, { recursive: true, force: true })
    mkdirSync(dirname(at), { recursive: true })
    symlinkSync(mount.from, at)
  }
  applyPatch(root, patch)
}

function isHidden(from: string, source: string): boolean {
  return from === join(source, '.git') || from === join(source, 'node_modules')
}

function applyPatch(root: string, patch: Patch): void {
  for (const { path, content } of patch) {
    const at = join(root, path)
    if (content === null) rmSync(at, { force: true })
    else {
      mkdirSync(dirname(at), { recursive: true })
      writeFileSync(at, content)
    }
  }
}

async function execute(root: string, request: SandboxRequest): Promise<SandboxResult> {
  const before = request.collect ? texts(root) : new Map<string, string>()
  const started = performance.now()
  const { command } = request
  const [program, ...args] =
    typeof command === 'string' ? ['bash', '-eo', 'pipefail', '-c', command] : command
  const result = await execa(program ?? 'true', args, {
    cwd: join(root, request.directory),
    env: { PATH: path(), HOME: '/tmp', CI: '1', ...request.env },
    extendEnv: false,
    reject: false,
    timeout: request.timeoutMs,
    stripFinalNewline: false,
    ...(request.stdin === undefined ? { stdin: 'ignore' } : { input: inputOf(request.stdin) }),
    ...(request.signal ? { cancelSignal: request.signal } : {}),
  })
  return {
    end: endOf(result),
    stdout: result.stdout ?? '',
    stderr: result.stderr ?? '',
    durationMs: performance.now() - started,
    files: request.collect ? changes(before, texts(root)) : [],
  }
}

function inputOf(text: string | Promise<string>): string | Readable {
  return typeof text === 'string' ? text : Readable.from(chunks(text))
}

async function* chunks(text: Promise<string>): AsyncGenerator<string> {
  yield await text
}

function path(): string {
  return [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
}

function endOf(result: { exitCode?: number; timedOut: boolean }): CommandEnd {
  if (result.timedOut) return { kind: 'stopped', by: 'time' }
  if (result.exitCode === undefined) return { kind: 'stopped', by: 'signal' }
  return { kind: 'exited', exitCode: result.exitCode }
}

function texts(root: string): Map<string, string> {
  const found = new Map<string, string>()
  const visit = (directory: string): void => {
    for (const name of readdirSync(join(root, directory))) {
      const path = directory === '' ? name : `${directory}${sep}${name}`
      const stat = lstatSync(join(root, path))
      if (name === 'node_modules' || name === '.git') continue
      if (stat.isDirectory()) visit(path)
      else if (stat.isFile()) found.set(path, readFileSync(join(root, path), 'utf8'))
    }
  }
  visit('')
  return found
}

function changes(before: Map<string, string>, after: Map<string, string>): FileEdit[] {
  const written = [...after].filter(([path, text]) => before.get(path) !== text)
  const deleted = [...before.keys()].filter((path) => !after.has(path))
  return [
    ...written.map(([path, content]) => ({ path, content })),
    ...deleted.map((path) => ({ path, content: null })),
  ].toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
