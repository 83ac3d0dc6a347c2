import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { jsonSchemas } from './schemas.ts'

const folder = join(import.meta.dirname, '../schemas')

mkdirSync(folder, { recursive: true })
for (const [name, text] of Object.entries(jsonSchemas())) writeFileSync(join(folder, name), text)
