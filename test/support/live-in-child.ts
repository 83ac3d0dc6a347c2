import { readEnvironment } from '#config/environment.ts'

import { openApp } from '../../src/app.ts'

// Opens Goalkeeper in a home and closes it: a full toolbox and a migrated database stay behind.
const [home = ''] = process.argv.slice(2)
const machine = { uid: process.getuid?.() ?? null, userHome: home }
const settings = readEnvironment({ GOALKEEPER_HOME: home }, machine)
const app = await openApp({ settings, env: {}, listener: { tell: () => undefined } })
await app.stop()
