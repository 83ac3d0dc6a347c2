import { expect, test } from 'vitest'

import { codefixesProgram, codefixesToolbox } from '#adapters/codefixes/toolbox.ts'
import { compiledCode } from '#adapters/sandbox/rehearse.ts'

import { sandboxWorld } from '../../support/sandbox-machine.ts'

const world = sandboxWorld({ extras: codefixesToolbox })

test('a program that was rehearsed finds its code compiled inside, and cannot change it', async () => {
  const command = [
    `NODE_DEBUG_NATIVE=COMPILE_CACHE node ${codefixesProgram} < /dev/null 2>&1 | grep -c 'was accepted'`,
    'touch /opt/toolbox/compiled/mine || echo refused',
  ].join('\n')
  const { stdout } = await world.run({ 'a.ts': '' }, { command, env: compiledCode })
  const [accepted = '', refused] = stdout.split('\n')

  expect(Number(accepted)).toBeGreaterThan(20)
  expect(refused).toBe('refused')
})
