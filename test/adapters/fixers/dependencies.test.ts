import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { dependencies } from '#adapters/fixers/dependencies.ts'
import { lockfile } from '#adapters/fixers/lockfile.ts'
import { createSandbox } from '#adapters/sandbox/sandbox.ts'
import { installTool } from '#adapters/tools/install.ts'
import type { Check } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
import type { FixRequest } from '#ports/fixer.ts'
import type { Sandbox } from '#ports/sandbox.ts'

import { proposals } from '../../support/fix-request.ts'
import { found } from '../../support/observed.ts'
import {
  installWorld,
  type InstallWorld,
  lockfile as lockOf,
} from '../../support/sandbox-installs.ts'
import { checkOf, toolProject } from '../../support/tool-project.ts'

let world: InstallWorld
let sandbox: Sandbox

beforeAll(async () => {
  world = await installWorld()
  sandbox = createSandbox(world.sandbox.machine)
})
afterAll(() => world.close())

const ci: Check = checkOf(['install', 'npm ci'])
const manifest = (fields: object): string =>
  `${JSON.stringify({ name: 'shop', version: '1.0.0', ...fields }, null, 2)}\n`
const emptyLock = manifest({
  lockfileVersion: 3,
  requires: true,
  packages: { '': { name: 'shop', version: '1.0.0' } },
})
const needsLeft = manifest({ dependencies: { left: '1.0.0' } })

function request(
  files: Record<string, string>,
  findings: readonly Finding[],
  base: string | null = null,
): FixRequest {
  const read = async (path: string) => (path === 'package.json' ? base : null)
  return {
    workspace: toolProject(files, sandbox, []),
    check: ci,
    patch: [],
    findings,
    snapshotsAllowed: false,
    recipes: [],
    base: base === null ? null : { read, changed: async () => [] },
  }
}

function installFinding(rule: string): Finding {
  return found({ tool: 'install', rule, file: null, line: null, column: null, message: rule })
}

describe('a lockfile out of step', () => {
  test('is written anew by the package manager, and names the registry it named before', async () => {
    const { stdout, stderr, end } = await sandbox.run({
      source: toolProject({ 'package.json': needsLeft, 'package-lock.json': emptyLock }).source,
      patch: [],
      mounts: [],
      command: 'npm ci',
      directory: '.',
      timeoutMs: 60_000,
      network: 'registry',
      collect: false,
    })
    const findings = installTool.parse(
      { stdout, stderr, end, report: null },
      { tool: 'install', argv: ['npm', 'ci'], directory: '.' },
    )
    expect(findings).toMatchObject([{ rule: 'EUSAGE', subject: 'left@1.0.0' }])

    const [candidate] = await proposals(
      lockfile,
      request({ 'package.json': needsLeft, 'package-lock.json': emptyLock }, findings),
    )

    expect(candidate?.patch.map(({ path }) => path)).toEqual(['package-lock.json'])
    expect(JSON.parse(candidate?.patch[0]?.content ?? '')).toMatchObject({
      packages: {
        'node_modules/left': {
          integrity: world.registry.integrity('left'),
        },
      },
    })
  })

  test('is written anew where a merge left its marks', async () => {
    const ours = lockOf('left', world.registry.integrity('left'))
    const conflicted = `<<<<<<< HEAD\n${ours}\n=======\n${emptyLock}>>>>>>> feature\n`
    const files = { 'package.json': needsLeft, 'package-lock.json': conflicted }

    const [candidate] = await proposals(lockfile, request(files, [installFinding('EUSAGE')]))

    expect(candidate?.patch[0]?.content).not.toContain('<<<<<<<')
    expect(candidate?.patch[0]?.content).toContain('node_modules/left')
  })

  test('is never touched where a package is not what was promised', async () => {
    const files = { 'package.json': needsLeft, 'package-lock.json': lockOf('left', 'sha512-AAAA') }

    const found = request(files, [installFinding('EINTEGRITY'), installFinding('EUSAGE')])

    expect(lockfile.applies(found)).toBe(false)
  })
})

describe('a package that nobody declares any more', () => {
  const missing = found({
    rule: 'TS2307',
    file: 'src/a.ts',
    message: "Cannot find module 'left' or its corresponding type declarations",
  })
  const files = {
    'package.json': manifest({ dependencies: { zebra: '1.0.0' } }),
    'src/a.ts': "import 'left'\n",
  }

  test('is declared again as the base declared it', async () => {
    const [candidate] = await proposals(
      dependencies,
      request(files, [missing], manifest({ devDependencies: { left: '^1.0.0' } })),
    )

    expect(candidate?.patch).toEqual([
      {
        path: 'package.json',
        content: manifest({
          dependencies: { zebra: '1.0.0' },
          devDependencies: { left: '^1.0.0' },
        }),
      },
    ])
  })

  test('comes with its lockfile', async () => {
    const locked = { ...files, 'package.json': manifest({}), 'package-lock.json': emptyLock }

    const [candidate] = await proposals(dependencies, request(locked, [missing], needsLeft))

    expect(candidate?.patch.map(({ path }) => path)).toEqual(['package-lock.json', 'package.json'])
    expect(candidate?.patch[1]?.content).toBe(needsLeft)
  })

  test('comes with its lockfile beside installed modules that nobody may touch', async () => {
    const locked = { ...files, 'package.json': manifest({}), 'package-lock.json': emptyLock }
    const installed = toolProject({ '.package-lock.json': emptyLock }, sandbox, []).source
    const mounts = [{ path: 'node_modules', from: installed }]
    const asked = request(locked, [missing], needsLeft)
    const workspace = toolProject(locked, sandbox, mounts)

    const [candidate] = await proposals(dependencies, { ...asked, workspace })

    expect(candidate?.patch.map(({ path }) => path)).toEqual(['package-lock.json', 'package.json'])
  })

  test('is declared as another package of the workspace declares it', async () => {
    const workspace = { ...files, 'packages/a/package.json': needsLeft }

    const [candidate] = await proposals(dependencies, request(workspace, [missing]))

    expect(candidate?.patch[0]?.content).toContain('"left": "1.0.0"')
  })

  test.each([
    ['nobody ever declared it', {}],
    [
      'two packages disagree on it',
      {
        'a/package.json': needsLeft,
        'b/package.json': needsLeft.replace('1.0.0"\n  }', '2.0.0"\n  }'),
      },
    ],
    ['it is declared and just not found', { 'package.json': needsLeft }],
  ] as const)('is not guessed at when %s', async (_title, more) => {
    expect(await proposals(dependencies, request({ ...files, ...more }, [missing]))).toEqual([])
  })
})
