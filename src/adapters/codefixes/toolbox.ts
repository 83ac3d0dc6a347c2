import type { RepairRequest } from './protocol.ts'

/** A question of the most common kind. */
const question: RepairRequest = {
  targets: [
    {
      tool: 'tsc',
      rule: 'TS2304',
      file: 'a.ts',
      line: 1,
      column: 21,
      message: "Cannot find name 'answer'.",
    },
  ],
  configs: [],
  was: {},
  budgetMs: 60_000,
}

/** What the sandbox has to carry to `/opt/toolbox/<name>` beside TypeScript 6 for `program` to run. */
export const codefixesToolbox = [
  {
    name: 'codefixes',
    from: import.meta.dirname,
    rehearsal: {
      program: 'main.ts',
      stdin: JSON.stringify(question),
      files: {
        'a.ts': 'export const twice = answer() * 2\n',
        'b.ts': 'export function answer(): number {\n  return 42\n}\n',
        'tsconfig.json': '{ "compilerOptions": { "strict": true, "types": [] } }\n',
      },
    },
  },
] as const

/** The program as it is found inside the sandbox. */
export const codefixesProgram = '/opt/toolbox/codefixes/main.ts'
