import { describe, expect, test } from 'vitest'

import { createObserver } from '#adapters/observer/observer.ts'
import { createSandbox } from '#adapters/sandbox/sandbox.ts'
import type { Evidence } from '#domain/evidence.ts'

import { freshObserver } from '../../support/fix-request.ts'
import { hostSandbox } from '../../support/host-sandbox.ts'
import { testMachine } from '../../support/sandbox-machine.ts'
import { checkOf, toolProject } from '../../support/tool-project.ts'

const ugly = { 'package.json': '{}\n', 'src/a.js': 'let  a = 1\n' }
const prettierCheck = checkOf(['prettier', 'prettier --check src'])

function shell(command: string) {
  return { ...checkOf(['command', 'true']), command }
}

function redact(text: string): string {
  return text.replaceAll('hunter2', '***')
}

describe('an observation', () => {
  test('takes its verdict from the exit code of the command as it is written', async () => {
    const observer = freshObserver()
    const workspace = toolProject(ugly)

    const red = await observer.observe(workspace, shell('echo "Error: boom" >&2; exit 3'), [])
    const green = await observer.observe(workspace, shell('echo "Error: boom"'), [])

    expect(red.end).toEqual({ kind: 'exited', exitCode: 3 })
    expect(red.findings).toMatchObject([
      { tool: 'command', rule: 'exit-3', message: 'Error: boom' },
    ])
    expect(green).toMatchObject({ end: { kind: 'exited', exitCode: 0 }, findings: [] })
  })

  test('costs one run in the sandbox where the plain output says everything', async () => {
    const sandbox = hostSandbox()

    const { findings } = await freshObserver().observe(
      toolProject(ugly, sandbox),
      prettierCheck,
      [],
    )

    expect(findings).toMatchObject([{ tool: 'prettier', file: 'src/a.js' }])
    expect(sandbox.runs()).toBe(1)
  })

  test('asks the tool again where the command hides what it says', async () => {
    const sandbox = hostSandbox()
    const silent = { ...prettierCheck, command: `${prettierCheck.command} > /dev/null 2>&1` }

    const { findings } = await freshObserver().observe(toolProject(ugly, sandbox), silent, [])

    expect(findings).toMatchObject([{ tool: 'prettier', file: 'src/a.js' }])
    expect(sandbox.runs()).toBe(2)
  })

  test('also hears the programs that a red one before them kept from running', async () => {
    const check = checkOf(
      ['prettier', 'prettier --check src'],
      ['oxlint', 'oxlint --deny-warnings src'],
    )
    const files = { ...ugly, 'src/a.js': 'debugger\nlet  a = 1; console.log(a)\n' }

    const { findings } = await freshObserver().observe(toolProject(files), check, [])

    expect(findings.map(({ tool }) => tool)).toEqual(['prettier', 'oxlint'])
  })

  test('hears of a later program that nobody knows by its last words, and of none that comes before', async () => {
    const check = checkOf(
      ['command', 'node earlier.js'],
      ['prettier', 'prettier --check src'],
      ['command', 'node later.js'],
    )
    const files = {
      ...ugly,
      'later.js': "console.error('Error: it was red all along'), process.exit(2)\n",
    }

    const { findings } = await freshObserver().observe(
      toolProject({ ...files, 'earlier.js': '' }),
      check,
      [],
    )

    expect(findings).toMatchObject([
      { tool: 'prettier', file: 'src/a.js' },
      { tool: 'command', message: 'Error: it was red all along' },
    ])
  })

  test('knows which of several packages a path belongs to, whatever a runner prints before it', async () => {
    const files = {
      'a/x.ts': "export const a: number = 'a'\n",
      'a/tsconfig.json': '{ "files": ["x.ts"] }\n',
      'b/x.ts': 'export const b = 1\n',
      'b/tsconfig.json': '{ "files": ["x.ts"] }\n',
    }
    const calls = checkOf(['tsc', 'tsc --noEmit', 'a'], ['tsc', 'tsc --noEmit', 'b'])
    const said = "x.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'."

    for (const prefix of ['', '@shop/a:types: ']) {
      const check = { ...calls, directory: '.', command: `echo "${prefix}${said}"; exit 1` }
      const { findings } = await freshObserver().observe(toolProject(files), check, [])
      expect(findings).toMatchObject([{ tool: 'tsc', file: 'a/x.ts', rule: 'TS2322' }])
    }
  })

  test('runs what must have run before, and sees a patch', async () => {
    const check = { ...shell('cat src/a.js built'), before: ['echo built > built'] }
    const patch = [{ path: 'src/a.js', content: 'patched\n' }]

    const { outputTail } = await freshObserver().observe(toolProject(ugly), check, patch)

    expect(outputTail).toBe('patched\nbuilt')
  })

  test('is remembered by tree and command, and made anew when asked again', async () => {
    const sandbox = hostSandbox()
    const observer = createObserver({
      memory: new Map<string, Promise<Evidence>>(),
      redact: String,
    })
    const workspace = toolProject(ugly, sandbox)
    const patch = [{ path: 'src/b.js', content: '' }]

    await observer.observe(workspace, shell('true'), [])
    await observer.observe(workspace, shell('true'), [])
    expect(sandbox.runs()).toBe(1)
    await observer.observe(workspace, shell('true'), patch)
    await observer.again(workspace, shell('true'), [])

    expect(sandbox.runs()).toBe(3)
  })

  test('is remembered for the last five hundred only', async () => {
    const memory = new Map<string, Promise<Evidence>>()
    const observer = createObserver({ memory, redact: String })
    const old = observer.observe(toolProject(ugly, hostSandbox()), shell('true'), [])
    const [first] = memory.keys()
    for (let at = 0; at < 500; at += 1) memory.set(`${at}`, old)

    await observer.observe(toolProject(ugly, hostSandbox()), shell('echo'), [])

    expect(memory.size).toBe(500)
    expect(memory.has(`${first}`)).toBe(false)
    await old
  })

  test('keeps the last lines only, without secrets', async () => {
    const observer = createObserver({ memory: new Map<string, Promise<Evidence>>(), redact })
    const check = shell(
      'for i in $(seq 1 500); do echo "line $i"; done; echo "error hunter2"; exit 1',
    )

    const { outputTail, findings } = await observer.observe(toolProject(ugly), check, [])

    expect(outputTail.split('\n')).toHaveLength(60)
    expect(outputTail).toMatch(/line 500\nerror \*\*\*$/)
    expect(findings).toMatchObject([{ message: 'error ***' }])
  })

  test('of a run that executed no test says so, whatever the exit code', async () => {
    const check = checkOf(['vitest', 'vitest run --passWithNoTests'])

    const evidence = await freshObserver().observe(toolProject(ugly), check, [])

    expect(evidence.end).toEqual({ kind: 'exited', exitCode: 0 })
    expect(evidence.findings).toMatchObject([{ tool: 'vitest', rule: 'no-tests' }])
  })

  test('says the same from inside the real sandbox', async () => {
    const files = { ...ugly, 'eslint.config.js': "export default [{ rules: { 'no-var': 2 } }]\n" }
    const project = toolProject(
      { ...files, 'src/a.js': 'var  a = 1\n', 'package.json': '{"type":"module"}' },
      createSandbox(testMachine()),
    )
    const check = checkOf(['eslint', 'eslint src'], ['prettier', 'prettier --check src'])

    const { findings } = await freshObserver().observe(project, check, [])

    expect(findings.map(({ tool, rule, file }) => [tool, rule, file])).toEqual([
      ['eslint', 'no-var', 'src/a.js'],
      ['prettier', 'format', 'src/a.js'],
    ])
  })
})
