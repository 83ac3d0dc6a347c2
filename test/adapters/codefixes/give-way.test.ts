import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'

import { expect, test } from 'vitest'

const program = `
import { existsSync, readFileSync } from 'node:fs'
import { getPriority } from 'node:os'
const { giveWay } = await import(${JSON.stringify(import.meta.resolve('#adapters/codefixes/give-way.ts'))})
giveWay()
const group = '/proc/self/autogroup'
console.log(getPriority(), existsSync(group) ? readFileSync(group, 'utf8').trim().split(' ').at(-1) : '')
`

test('what gives way stands behind others in its session, and its session behind others', async () => {
  // In a session of its own, so that it is not the tests that give way.
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { detached: true })
  const group = existsSync('/proc/self/autogroup') ? '10' : ''

  expect((await text(child.stdout)).trim()).toBe(`10 ${group}`.trim())
})
