import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { attack, control } from '../../support/sandbox-attack.ts'
import { directoryWith, sandboxWorld } from '../../support/sandbox-machine.ts'

const secret = 'canary-5c1d2f'
const { machine, run } = sandboxWorld()
const place = directoryWith({
  'home/.ssh/id_rsa': secret,
  'node_modules/left/index.js': 'exports.left = 1\n',
})
const otherRun = join(machine.home, 'runs', 'attacks-other-run')
const backwards = `CANARY=${secret}`.split('').toReversed().join('')
const bystander = spawn('sleep', ['120'], { env: { PATH: process.env['PATH'], CANARY: secret } })

beforeAll(() => {
  mkdirSync(otherRun, { recursive: true })
  writeFileSync(join(otherRun, 'file.txt'), secret)
  writeFileSync(join(machine.home, 'attacks-private-key.pem'), secret)
  // The secret is in our environment, as a token would be.
  process.env['GOALKEEPER_CANARY'] = secret
})

afterAll(() => {
  bystander.kill('SIGKILL')
  for (const path of [place, otherRun, join(machine.home, 'attacks-private-key.pem')]) {
    rmSync(path, { recursive: true, force: true })
  }
  delete process.env['GOALKEEPER_CANARY']
})

const readFirst = `await attempt(() => fs.readFileSync(given[0], 'utf8'))`

describe('what lies on the host', () => {
  test.each([
    ['1: a private SSH key in the home directory', join(place, 'home/.ssh/id_rsa')],
    [
      '2: the private key of the App beside our own data',
      join(machine.home, 'attacks-private-key.pem'),
    ],
    ["6: a file in another run's directory", join(otherRun, 'file.txt')],
  ])('attack %s is not readable', async (_title, path) => {
    expect(await control(readFirst, [path])).toEqual([`succeeded ${secret}`])

    expect(await attack(readFirst, [path])).toEqual(['blocked ENOENT'])
  })

  test('attack 3: our environment is not visible', async () => {
    const script = `await attempt(() => { must(JSON.stringify(process.env).includes(given[0]), 'unknown'); return 'known' })`
    expect(await control(script, [secret], process.env)).toEqual(['succeeded known'])

    expect(await attack(script, [secret])).toEqual(['blocked unknown'])
  })

  // The secret is given backwards: what starts the script must not be what it finds.
  const scan = `const wanted = [...given[0]].toReversed().join('')
  await attempt(() => {
    for (const pid of fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name) && Number(name) !== process.pid)) {
      for (const file of ['environ', 'cmdline', 'root/etc/hostname', 'cwd/package.json']) {
        try { if (fs.readFileSync('/proc/' + pid + '/' + file, 'utf8').includes(wanted)) return 'found' } catch {}
      }
    }
    throw new Error('nothing')
  })`

  test('attack 4: no process of the host shows its environment', async () => {
    expect(await control(scan, [backwards])).toEqual(['succeeded found'])

    expect(await attack(scan, [backwards])).toEqual(['blocked nothing'])
  })

  test('attack 5: a process of the host cannot be signalled', async () => {
    const script = `await attempt(() => process.kill(Number(given[0]), 'SIGKILL'))`

    const printed = await attack(script, [String(bystander.pid)])

    expect(printed).toEqual(['blocked ESRCH'])
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull()
  })

  test('attack 7: nothing can be written where the host would see it', async () => {
    const target = join(place, 'written')
    const script = `
      for (const path of [given[0], '/usr/written', '/etc/passwd', '/opt/toolbox/bin/node', '/written', '/run/source/attack.mjs'])
        await attempt(() => fs.writeFileSync(path, 'x'))
      await attempt(() => fs.writeFileSync('/tmp/goalkeeper-attack-7', 'x'))`

    const printed = await attack(script, [target])

    expect(printed.slice(0, -1).map((line) => line.split(' ')[0])).toEqual(Array(6).fill('blocked'))
    expect(printed.at(-1)).toBe('succeeded undefined')
    expect([target, '/tmp/goalkeeper-attack-7'].filter((path) => existsSync(path))).toEqual([])
  })

  test('attack 8: a symbolic link of the repository leads nowhere', async () => {
    const source = directoryWith({})
    symlinkSync(join(place, 'home/.ssh/id_rsa'), join(source, 'README.md'))

    const { stdout, end } = await run(source, { command: 'cat README.md' })

    expect(readFileSync(join(source, 'README.md'), 'utf8')).toBe(secret)
    expect({ stdout, end }).toEqual({ stdout: '', end: { kind: 'exited', exitCode: 1 } })
    rmSync(source, { recursive: true })
  })

  test('attack 10: installed modules can be neither changed nor linked into the workspace', async () => {
    const from = join(place, 'node_modules')
    const script = `
      await attempt(() => fs.writeFileSync('node_modules/left/index.js', 'poison'))
      await attempt(() => fs.linkSync('node_modules/left/index.js', 'linked.js'))
      await attempt(() => fs.renameSync('node_modules/left', 'left'))
      await attempt(() => fs.chmodSync('node_modules/left/index.js', 0o777))`

    const printed = await attack(script, [], { mounts: [{ path: 'node_modules', from }] })

    expect(printed).toEqual(['blocked EROFS', 'blocked EXDEV', 'blocked EXDEV', 'blocked EROFS'])
    expect(readFileSync(join(from, 'left/index.js'), 'utf8')).toBe('exports.left = 1\n')
  })

  test('attack 31: a tsconfig.json cannot extend a file of the host', async () => {
    const outside = directoryWith({
      'tsconfig.json': `{ "compilerOptions": { "${secret}": true } }`,
    })
    const files = {
      'tsconfig.json': JSON.stringify({ extends: join(outside, 'tsconfig.json'), files: ['a.ts'] }),
      'a.ts': 'export const a = 1\n',
    }
    const tsc = 'node /opt/toolbox/node_modules/typescript6/lib/tsc.js -p . --noEmit'

    const { stdout } = await run(files, { command: `${tsc} || true` })

    expect(stdout).toContain('Cannot read file')
    expect(stdout.replaceAll(outside, '')).not.toContain(secret)
    rmSync(outside, { recursive: true })
  })

  test('attack 44: what starts the sandbox names no secret, in arguments or environment', async () => {
    const running = run({ 'a.txt': '' }, { command: 'sleep 0.4' })
    const script = `await attempt(() => { const got = execFileSync('ps', ['axeww', '-o', 'args']).toString().split('\\n')
      return got.filter((line) => line.includes('bwrap') && line.includes(given[0])).length })`

    expect(await control(script, [secret])).toEqual(['succeeded 0'])
    await running
  })
})
