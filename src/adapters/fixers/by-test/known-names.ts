import { builtinModules } from 'node:module'

/** Names that JavaScript and Node bring along: of globals, of their members, and of what the common modules export. */
export function builtInNames(): ReadonlySet<string> {
  known ??= collected()
  return known
}

let known: ReadonlySet<string> | null = null

const quiet = new Set(
  `assert buffer child_process crypto events fs http https net os path perf_hooks process querystring readline stream
  string_decoder timers tls url util worker_threads zlib`.split(/\s+/),
)

function collected(): ReadonlySet<string> {
  const names = new Set<string>()
  const globals = Object.getOwnPropertyDescriptors(globalThis)
  for (const [name, { value }] of Object.entries(globals)) {
    names.add(name)
    addMembers(names, value)
  }
  for (const name of builtinModules.filter((each) => quiet.has(each))) {
    const loaded: unknown = process.getBuiltinModule(name)
    addMembers(names, loaded)
    for (const member of valuesOf(loaded)) addMembers(names, member)
  }
  return names
}

/** Own names of a value and of what it constructs. */
function addMembers(names: Set<string>, value: unknown): void {
  if (!isHolder(value)) return
  for (const name of Object.getOwnPropertyNames(value)) names.add(name)
  const prototype: unknown = Object.getOwnPropertyDescriptor(value, 'prototype')?.value
  if (isHolder(prototype)) for (const name of Object.getOwnPropertyNames(prototype)) names.add(name)
}

/** Values without their getters being asked, which may warn. */
function valuesOf(value: unknown): readonly unknown[] {
  if (!isHolder(value)) return []
  return Object.values(Object.getOwnPropertyDescriptors(value)).map((each): unknown => each.value)
}

function isHolder(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
