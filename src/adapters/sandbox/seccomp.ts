import { syscalls } from './syscalls.ts'
import type { Architecture, Syscall } from './syscalls.ts'

const allow = 0x7fff0000
const refuse = 0x00050000
const eperm = refuse | 1
const enosys = refuse | 38
const eafnosupport = refuse | 97

const load = 0x20
const ifEqual = 0x15
const ifAtLeast = 0x35
const ifAnyBit = 0x45
const ret = 0x06

/** Offsets in the kernel's seccomp_data; arguments are 64 bits wide, we look at the low half. */
const callNumber = 0
const architecture = 4
const argument = (index: number): number => 16 + index * 8

const newNamespaces = 0x7e020000
const x32Calls = 0x40000000
const pushInput = 0x5412
const consoleInput = 0x541c
const netlink = 16
/** UNIX, INET, INET6. Without this list VSOCK still reaches the hypervisor. */
const plainFamilies = [1, 2, 10] as const

const audited: Record<Architecture, number> = { x64: 0xc000003e, arm64: 0xc00000b7 }

type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, value: number]

/** A classic BPF program for `bwrap --seccomp` (fixers.md A4): refuses kernel surface that no build or test needs. */
export function seccompFilter(on: Architecture): Buffer {
  return assemble([
    [load, 0, 0, architecture],
    [ifEqual, 1, 0, audited[on]],
    [ret, 0, 0, eperm],
    [load, 0, 0, callNumber],
    [ifAtLeast, 0, 1, x32Calls],
    [ret, 0, 0, enosys],
    ...syscalls.refused.flatMap((call) => answer(call[on], eperm)),
    ...answer(syscalls.clone3[on], enosys),
    ...inside(syscalls.clone[on], [
      [load, 0, 0, argument(0)],
      [ifAnyBit, 0, 1, newNamespaces],
      [ret, 0, 0, eperm],
    ]),
    ...inside(syscalls.ioctl[on], [
      [load, 0, 0, argument(1)],
      [ifEqual, 1, 0, pushInput],
      [ifEqual, 0, 1, consoleInput],
      [ret, 0, 0, eperm],
    ]),
    ...sockets(on, syscalls.socket),
    ...sockets(on, syscalls.socketpair),
    [ret, 0, 0, allow],
  ])
}

function answer(call: number | null, verdict: number): Instruction[] {
  return call === null
    ? []
    : [
        [ifEqual, 0, 1, call],
        [ret, 0, 0, verdict],
      ]
}

/** Judges one call by its arguments; what the block does not refuse is allowed. */
function inside(call: number | null, block: readonly Instruction[]): Instruction[] {
  if (call === null) return []
  return [[ifEqual, 0, block.length + 1, call], ...block, [ret, 0, 0, allow]]
}

function sockets(on: Architecture, call: Syscall): Instruction[] {
  return inside(call[on], [
    [load, 0, 0, argument(0)],
    ...plainFamilies.flatMap((family) => answer(family, allow)),
    [ifEqual, 1, 0, netlink],
    [ret, 0, 0, eafnosupport],
    [load, 0, 0, argument(2)],
    // Route queries only: listing the network interfaces is what runtimes do.
    [ifEqual, 1, 0, 0],
    [ret, 0, 0, eafnosupport],
  ])
}

function assemble(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8)
  for (const [index, [code, ifTrue, ifFalse, value]] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8)
    bytes.writeUInt8(ifTrue, index * 8 + 2)
    bytes.writeUInt8(ifFalse, index * 8 + 3)
    bytes.writeUInt32LE(value, index * 8 + 4)
  }
  return bytes
}
