import { enableCompileCache, registerHooks } from 'node:module'
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
// Our own files are where their imports say: asking the disk for each of a thousand is a tenth of a start.
const ours = new URL('../', import.meta.url).href
const format = 'module-typescript'
registerHooks({
  resolve(specifier, context, next) {
    const url = ownFile(specifier, context.parentURL)
    return url === null ? next(specifier, context) : { url, format, shortCircuit: true }
  },
})

/** A library may have names with # of its own. */
function ownFile(specifier, parent = '') {
  const isOurs = parent.startsWith(ours) && !parent.startsWith(`${ours}node_modules/`)
  if (!isOurs || !specifier.endsWith('.ts')) return null
  if (specifier.startsWith('#')) return `${ours}src/${specifier.slice(1)}`
  return specifier.startsWith('.') ? new URL(specifier, parent).href : null
}

const [, , command] = process.argv
if (command === 'demo' || command === 'start') process.argv.splice(2, 1)
if (command === 'demo') await import('../demo/demo.ts')
else if (command === 'start') await import('../src/main.ts')
else await import('../src/cli.ts')
