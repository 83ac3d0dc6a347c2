/** What the sandbox has to carry to `/opt/toolbox/<name>` beside TypeScript 6 for `program` to run. */
export const codefixesToolbox = [{ name: 'codefixes', from: import.meta.dirname }] as const

/** The program as it is found inside the sandbox. */
export const codefixesProgram = '/opt/toolbox/codefixes/main.ts'
