import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// The door: plain JavaScript, so that it can say clearly when the Node behind it is too old to run the rest.
const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 24) {
  console.error(
    [
      `Goalkeeper runs on Node 24 or newer; this is Node ${process.versions.node}.`,
      'Remedy: start it through npm in its own folder (npm run fix, npm run demo, npm run doctor) after `npm ci`,',
      'which brings Node 24 on Linux; elsewhere install Node 24 or newer and try again.',
    ].join('\n'),
  )
  process.exit(3)
}
// What Node compiled of our files and of the libraries is kept for the next start.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/goalkeeper'))
if (process.argv[2] === 'demo') {
  process.argv.splice(2, 1)
  await import('../demo/demo.ts')
} else {
  await import('../src/cli.ts')
}
