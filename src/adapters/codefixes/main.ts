import { text } from 'node:stream/consumers'

import type { RepairRequest } from './protocol.ts'
import { repair } from './repair.ts'

/** Reads a RepairRequest on stdin, prints a RepairAnswer. Runs inside the sandbox, in the root of the repository. */
const request: RepairRequest = JSON.parse(await text(process.stdin))
process.stdout.write(JSON.stringify(repair(process.cwd(), request)))
