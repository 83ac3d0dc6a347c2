import { readFileSync, readdirSync } from 'node:fs'

import { describe, expect, test, vi } from 'vitest'

import { attack } from '../../support/sandbox-attack.ts'
import { sandboxWorld } from '../../support/sandbox-machine.ts'

const arm = process.arch === 'arm64'
const call = (x64: number, arm64: number): number => (arm ? arm64 : x64)
const eperm = 'blocked errno 1'
const unsupportedFamily = 'blocked errno 97'

describe('kernel surface', () => {
  test.each([
    ['5: tracing another process', `$r = syscall(${call(101, 117)}, 16, 1, 0, 0)`, eperm],
    [
      '5: reading the memory of another process',
      `$r = syscall(${call(310, 270)}, 1, 0, 0, 0, 0, 0)`,
      eperm,
    ],
    ['5: taking a descriptor of another process', '$r = syscall(438, 3, 0, 0)', eperm],
    ['16: a new user namespace', `$r = syscall(${call(272, 97)}, 0x10000000)`, eperm],
    [
      '16: a child in a new user namespace',
      `$r = syscall(${call(56, 220)}, 0x10000011, 0, 0, 0, 0)`,
      eperm,
    ],
    ['16: a child by the call that hides its flags', '$r = syscall(435, 0, 0)', 'blocked errno 38'],
    ['16: a mount', `$r = syscall(${call(165, 40)}, $none, $tmp, $kind, 0, 0)`, eperm],
    ['16: a mount by the new calls', '$r = syscall(430, $kind, 0)', eperm],
    ['16: joining a namespace', `$r = syscall(${call(308, 268)}, 0, 0)`, eperm],
    ['16: becoming root', '$! = 0; $< = 0; $r = $! ? -1 : 0', 'blocked errno 22'],
    ['18: io_uring', '$r = syscall(425, 8, $b)', eperm],
    ['18: kernel programs (bpf)', `$r = syscall(${call(321, 280)}, 0, $b, 128)`, eperm],
    ['18: the keyring', `$r = syscall(${call(250, 219)}, 0, -3, 0)`, eperm],
    ['18: userfaultfd', `$r = syscall(${call(323, 282)}, 1)`, eperm],
    ['18: performance counters', `$r = syscall(${call(298, 241)}, $b, 0, -1, -1, 0)`, eperm],
    ['18: a file by its handle', `$r = syscall(${call(304, 265)}, -100, $b, 0)`, eperm],
    ['18: the kernel log', `$r = syscall(${call(103, 116)}, 3, $b, 16)`, eperm],
    ['19: typing into our terminal', '$r = ioctl(STDIN, 0x5412, $b) ? 0 : -1', eperm],
    ['14: a socket to the hypervisor', 'socket($s, 40, 1, 0) or $r = -1', unsupportedFamily],
    ['14: a socket to the crypto interface', 'socket($s, 38, 5, 0) or $r = -1', unsupportedFamily],
    ['14: a raw network socket', 'socket($s, 17, 3, 0) or $r = -1', unsupportedFamily],
    ['14: a kernel audit socket', 'socket($s, 16, 3, 9) or $r = -1', unsupportedFamily],
  ])('attack %s is refused', async (_title, perl, refusal) => {
    const printed = await attack(`await attempt(() => system(given[0]))`, [perl])

    expect(printed).toEqual([refusal])
  })

  test('a call that is allowed goes through, so the refusals above are the filter’s', async () => {
    const printed = await attack(`await attempt(() => system(given[0]))`, [
      `$r = syscall(${call(39, 172)})`,
    ])

    expect(printed).toEqual(['succeeded done'])
  })

  test('attack 17: kernel settings cannot be opened for writing, also where we run as root', async () => {
    const script = `
      for (const file of ['/proc/sys/kernel/core_pattern', '/proc/sys/kernel/modprobe', '/proc/sysrq-trigger', '/sys/kernel/uevent_helper'])
        await attempt(() => fs.openSync(file, 'r+'))`

    const printed = await attack(script)

    expect(printed).toHaveLength(4)
    expect(printed.filter((line) => !line.startsWith('blocked'))).toEqual([])
  })

  test('attack 16: set-user-id programs give nothing', async () => {
    const status = await attack(`await attempt(() => fs.readFileSync('/proc/self/status', 'utf8'))`)

    expect(status).toContain('NoNewPrivs:\t1')
    expect(status.filter((line) => line.startsWith('Cap'))).toHaveLength(5)
    expect(status.filter((line) => /^Cap\w+:\t0*[^0]/.test(line))).toEqual([])
  })

  test('no process of the sandbox belongs to root on the host', async () => {
    const { run } = sandboxWorld()
    const controller = new AbortController()
    const running = run({ 'a.txt': '' }, { command: 'sleep 60.71', signal: controller.signal })

    const owners = await vi.waitUntil(() => hostProcesses('sleep\u000060.71'), { timeout: 20_000 })

    controller.abort()
    await running
    expect(owners).toHaveLength(1)
    expect(owners).not.toContain('0')
  })
})

/** The real user ids of host processes whose command line contains a text. */
function hostProcesses(text: string): string[] | null {
  const owners = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(text)) return []
        return [/^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0']
      } catch {
        return []
      }
    })
  return owners.length > 0 ? owners : null
}
