import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { doctorText } from '#messages/doctor.ts'

test('the doctor names each remedy and says whether it blocks', () => {
  const node = { name: 'Node', state: 'ok', found: '24.18.1', remedy: null } as const
  const bwrap = {
    name: 'bubblewrap',
    state: 'missing',
    found: 'not found',
    remedy: 'apt-get install bubblewrap',
  } as const
  const memory = {
    name: 'cgroups',
    state: 'warning',
    found: 'not writable',
    remedy: 'the memory is watched instead',
  } as const

  const golden = readFileSync(join(import.meta.dirname, 'golden/doctor.txt'), 'utf8')

  expect(doctorText([node, bwrap, memory])).toBe(golden)
  expect(doctorText([node, memory])).toMatch(/✓ Ready\.\n$/)
  expect(doctorText([bwrap, bwrap])).toMatch(/✗ 2 things are missing; the remedies are above\.\n$/)
})
