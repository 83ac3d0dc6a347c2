import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { defineConfig } from 'vitest/config'

import { StoriesFirst } from './test/support/stories-first.ts'

const second = 1000
const minute = 60 * second

interface Project {
  readonly name: string
  readonly include: string[]
  readonly exclude?: string[]
  /** Room for a machine that is five times slower than a quiet one, in milliseconds. */
  readonly testTimeout: number
  readonly globalSetup?: string[]
  /** Whether each file of tests has modules of its own. */
  readonly isolate?: boolean
}

function project(of: Project) {
  const hookTimeout = Math.max(of.testTimeout, 2 * minute)
  return { extends: true as const, test: { ...of, hookTimeout } }
}

function below(...folders: string[]): string[] {
  return folders.map((folder) => `test/${folder}/**/*.test.ts`)
}

const pure = [
  'domain',
  'policy',
  'messages',
  'engine',
  'steps',
  'config',
  'webhooks',
  'bench',
  'demo',
]

/** What works on a database that stands by for all of them. */
const onDatabases = [
  ...below('adapters/audit', 'adapters/postgres', 'adapters/telemetry'),
  'test/adapters/intake/any-order.test.ts',
]

const ignored = ['**/node_modules/**', '**/fixtures/**']

export default defineConfig({
  test: {
    exclude: ignored,
    maxWorkers: 3,
    sequence: { sequencer: StoriesFirst },
    // Hundreds of processes are started here, of the same files: what Node compiled is kept between them.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), `goalkeeper-compiled-${process.getuid?.() ?? ''}`) },
    projects: [
      project({
        name: 'pure',
        include: ['test/*.test.ts', ...below(...pure)],
        testTimeout: 30 * second,
        // What is pure keeps nothing between two files; loading it once saves a third of the processor's time.
        isolate: false,
      }),
      project({
        name: 'adapters',
        include: below('adapters', 'scripts', 'support'),
        exclude: [...ignored, ...onDatabases],
        isolate: false,
        testTimeout: 3 * minute,
      }),
      project({
        name: 'databases',
        include: onDatabases,
        testTimeout: 3 * minute,
        globalSetup: ['test/support/stand-by-databases.ts'],
        isolate: false,
      }),
      project({
        name: 'scenarios',
        include: below('scenarios'),
        isolate: false,
        testTimeout: 10 * minute,
        globalSetup: ['test/support/stories-home.ts'],
      }),
    ],
  },
})
