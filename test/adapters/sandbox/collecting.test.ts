import { describe, expect, test } from 'vitest'

import { sandboxWorld } from '../../support/sandbox-machine.ts'

const { run } = sandboxWorld()
const files = { 'a.txt': 'a\n', 'src/b.txt': 'b\n', 'bin/run.sh': '#!/bin/sh\necho ran\n' }

describe('collecting', () => {
  test('hands back what was created, changed and deleted, and nothing that only looks new', async () => {
    const patch = [
      { path: 'p.txt', content: 'p\n' },
      { path: 'q.txt', content: 'q\n' },
    ]
    const command = `echo changed > a.txt; echo new > n.txt; rm src/b.txt p.txt; touch q.txt bin/run.sh
      printf '\\0binary' > binary; ln -s a.txt link; mkdir -p node_modules/x; echo x > node_modules/x/y; exit 3`

    const { files: changed, end } = await run(files, { command, patch, collect: true })

    expect(end).toEqual({ kind: 'exited', exitCode: 3 })
    expect(changed.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: 'a.txt', content: 'changed\n' },
      { path: 'n.txt', content: 'new\n' },
      { path: 'p.txt', content: null },
      { path: 'src/b.txt', content: null },
    ])
  })

  test('hands back nothing of a command that was stopped', async () => {
    const { files: changed } = await run(files, {
      command: 'echo x > x; sleep 60',
      collect: true,
      timeoutMs: 800,
    })

    expect(changed).toEqual([])
  })
})
