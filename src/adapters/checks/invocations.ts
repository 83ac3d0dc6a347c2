import { join } from 'node:path/posix'

import type { Invocation } from '#domain/check.ts'

import { callOf } from './calls.ts'
import type { Call } from './calls.ts'
import { programName, toolOf } from './known-tools.ts'
import type { Where } from './manager-flags.ts'
import { scriptsNamed, startedBy } from './many-scripts.ts'
import type { Started } from './many-scripts.ts'
import type { Package, Packages } from './packages.ts'
import { quoted, statementsOf } from './shell.ts'
import { tasksOf, type Tasks } from './task-runners.ts'
import { workspacesMatching } from './workspaces.ts'
import { unwrapped } from './wrappers.ts'

/**
 * The program calls behind a command, scripts followed to the tools they start. What is not understood is one
 * invocation of the tool `command`. Bounded in depth and number; a script that calls itself is followed once.
 */
export function invocationsOf(
  command: string,
  directory: string,
  packages: Packages,
): readonly Invocation[] {
  const expansion: Expansion = { packages, found: [], open: [] }
  followCommand(command, directory, expansion)
  return expansion.found
}

interface Expansion {
  readonly packages: Packages
  readonly found: Invocation[]
  /** The scripts we are inside of. */
  readonly open: readonly string[]
}

/** No real script nests deeper or starts more; past this a command stays what it is. */
const deepest = 12
const most = 300

function followCommand(command: string, directory: string, expansion: Expansion): void {
  const stack: string[] = []
  let here = directory
  for (const statement of statementsOf(command)) {
    if (statement.kind === 'enter') stack.push(here)
    else if (statement.kind === 'leave') here = stack.pop() ?? directory
    else if (statement.kind === 'opaque') add(expansion, ['bash', '-c', statement.text], here)
    else if (statement.argv[0] === 'cd') here = join(here, statement.argv[1] ?? '.')
    else follow(statement.argv, here, expansion)
  }
}

function follow(argv: readonly string[], directory: string, expansion: Expansion): void {
  const call = unwrapped(argv)
  const here = expansion.packages.at(directory)
  const scripts = here?.scripts ?? {}
  if (isNoise(call)) return
  const started = startedBy(call, Object.keys(scripts)) ?? nodeRun(call)
  if (started !== null) return followStarted(started, directory, expansion)
  const tasks = tasksOf(call)
  if (tasks !== null) return followTasks(tasks, { call, directory }, expansion)
  const manager = callOf(call, (name) => Object.hasOwn(scripts, name))
  if (manager === null || manager.kind === 'other') return add(expansion, call, directory)
  for (const place of placesOf(manager.where, directory, expansion.packages)) {
    followCall(manager, { place, optional: place !== directory }, expansion)
  }
}

/** A task that no package has as a script is somebody else's: the call stays what it is. */
function followTasks(
  { names, matching, args }: Tasks,
  { call, directory }: { readonly call: readonly string[]; readonly directory: string },
  expansion: Expansion,
): void {
  const places = workspacesMatching(expansion.packages, matching)
  const started = names.flatMap((name) =>
    places.flatMap((place) =>
      Object.hasOwn(place.scripts, name) ? [{ name, place: place.directory }] : [],
    ),
  )
  if (started.length === 0) return add(expansion, call, directory)
  for (const each of started) followScript({ ...each, args, optional: true }, expansion)
}

function followCall(
  call: Exclude<Call, { kind: 'other' }>,
  at: Pick<ScriptCall, 'place' | 'optional'>,
  expansion: Expansion,
): void {
  if (call.kind === 'exec') return follow(call.argv, at.place, expansion)
  const scripts = Object.keys(expansion.packages.at(at.place)?.scripts ?? {})
  for (const name of scriptsNamed(call.name, scripts))
    followScript({ name, args: call.args, ...at }, expansion)
}

/** `node --run lint -- --quiet` */
function nodeRun(call: readonly string[]): readonly Started[] | null {
  if (programName(call[0] ?? '') !== 'node' || call[1] !== '--run') return null
  return [
    { kind: 'script', name: call[2] ?? '', args: call.slice(3).filter((each) => each !== '--') },
  ]
}

function followStarted(started: readonly Started[], directory: string, expansion: Expansion): void {
  for (const each of started) {
    if (each.kind === 'command') followCommand(each.command, directory, expansion)
    else followScript({ ...each, place: directory, optional: false }, expansion)
  }
}

interface ScriptCall {
  readonly name: string
  readonly args: readonly string[]
  readonly place: string
  /** In another package a missing script is passed over. */
  readonly optional: boolean
}

function followScript({ name, args, place, optional }: ScriptCall, expansion: Expansion): void {
  const scripts = expansion.packages.at(place)?.scripts ?? {}
  const text = scripts[name]
  if (text === undefined) {
    if (!optional) add(expansion, ['npm', 'run', name], place)
    return
  }
  const key = `${place}\0${name}`
  if (expansion.open.includes(key)) return
  if (expansion.open.length >= deepest) return add(expansion, ['npm', 'run', name], place)
  const inner = { ...expansion, open: [...expansion.open, key] }
  const pieces = [
    scripts[`pre${name}`],
    [text, ...args.map(quoted)].join(' '),
    scripts[`post${name}`],
  ]
  for (const piece of pieces) if (piece !== undefined) followCommand(piece, place, inner)
}

function placesOf(where: Where, directory: string, packages: Packages): readonly string[] {
  switch (where.kind) {
    case 'here':
      return [directory]
    case 'directory':
      return [join(directory, where.path)]
    case 'workspaces':
      return workspacesMatching(packages, where.matching).map((each: Package) => each.directory)
  }
}

function add(expansion: Expansion, argv: readonly string[], directory: string): void {
  const [program, ...rest] = argv
  if (program === undefined || expansion.found.length >= most) return
  const unresolved = argv.some((each) => each.includes('$'))
  const tool = unresolved ? 'command' : (toolOf(argv) ?? 'command')
  const name = tool === 'command' ? program : programName(program)
  const invocation: Invocation = { tool, argv: [name, ...rest], directory: join(directory) }
  const same = JSON.stringify(invocation)
  if (!expansion.found.some((each) => JSON.stringify(each) === same))
    expansion.found.push(invocation)
}

/** Says something or sets a mood; judges nothing. */
function isNoise(argv: readonly string[]): boolean {
  return argv.length === 0 || noise.has(argv[0] ?? '')
}

const noise = new Set([
  'echo',
  'true',
  ':',
  'exit',
  'set',
  'export',
  'printf',
  'pwd',
  'sleep',
  'ls',
  'mkdir',
])
