import { defineConfig } from 'vitest/config'

const second = 1000
const minute = 60 * second

/** Tests below these folders, with room for a machine that is five times slower than a quiet one. */
function project(name: string, include: string[], testTimeout: number) {
  return {
    extends: true as const,
    test: { name, include, testTimeout, hookTimeout: Math.max(testTimeout, 2 * minute) },
  }
}

function below(...folders: string[]): string[] {
  return folders.map((folder) => `test/${folder}/**/*.test.ts`)
}

export default defineConfig({
  test: {
    exclude: ['**/node_modules/**', '**/fixtures/**'],
    maxWorkers: 2,
    projects: [
      project(
        'pure',
        [
          'test/*.test.ts',
          ...below('domain', 'policy', 'messages', 'engine', 'steps', 'config', 'bench'),
        ],
        30 * second,
      ),
      project('adapters', below('adapters', 'scripts'), 3 * minute),
      project('scenarios', below('scenarios'), 10 * minute),
    ],
  },
})
