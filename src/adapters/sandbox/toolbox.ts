import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'

import { ownMark } from '../system/processes.ts'
import { etcFiles } from './bubblewrap.ts'
import { rehearse, type Rehearsal } from './rehearse.ts'
import { seccompFilter } from './seccomp.ts'
import { claimToolbox } from './toolbox-claims.ts'

/** A directory that appears inside as `/opt/toolbox/<name>`. */
export interface Extra {
  readonly name: string
  readonly from: string
  readonly rehearsal?: Rehearsal
}

/** What runs inside and is ours, copied to a place every user can read. */
export interface Toolbox {
  /** Bound at /opt/toolbox. */
  readonly directory: string
  readonly etc: string
  readonly seccomp: string
}

/**
 * Copies our Node, npm, the programs that run inside, TypeScript 6 and the extras to `<home>/toolbox/<content hash>`, once.
 * The clone may lie where the sandbox's user cannot look, and must not be seen from inside.
 */
export function prepareToolbox(
  home: string,
  extras: readonly Extra[],
  npm: string | null,
): Toolbox {
  const parts: readonly Extra[] = [
    { name: 'node_modules/typescript6', from: folderOf('typescript6') },
    ...(npm === null ? [] : [{ name: 'lib/npm', from: npm }]),
    ...extras,
  ]
  const shelf = join(home, 'toolbox')
  const name = fingerprint(parts)
  const final = join(shelf, name)
  claimToolbox(shelf, name)
  if (!existsSync(final)) fill(final, parts)
  return {
    directory: join(final, 'toolbox'),
    etc: join(final, 'etc'),
    seccomp: join(final, 'seccomp.bpf'),
  }
}

function fill(final: string, parts: readonly Extra[]): void {
  const partial = `${final}.${ownMark}.partial`
  const toolbox = join(partial, 'toolbox')
  mkdirSync(join(toolbox, 'bin'), { recursive: true })
  for (const { name, from } of parts) {
    cpSync(from, join(toolbox, name), { recursive: true, dereference: true })
  }
  writePrograms(join(toolbox, 'inside'))
  cpSync(process.execPath, join(toolbox, 'bin/node'))
  if (existsSync(join(toolbox, 'lib/npm'))) {
    for (const name of ['npm', 'npx'])
      writeFileSync(join(toolbox, 'bin', name), shim(name), { mode: 0o755 })
  }
  for (const { name, rehearsal } of parts) if (rehearsal) rehearse(toolbox, name, rehearsal)
  mkdirSync(join(partial, 'etc'))
  for (const file of etcFiles) writeFileSync(join(partial, 'etc', file), etc[file])
  writeFileSync(
    join(partial, 'seccomp.bpf'),
    seccompFilter(process.arch === 'arm64' ? 'arm64' : 'x64'),
  )
  readableForAll(partial)
  try {
    renameSync(partial, final)
  } catch (error) {
    // Another process was faster: the same hash is the same content.
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(final)) throw error
  }
}

const programs = join(import.meta.dirname, 'inside')

/** The programs that run inside start for every command: they get there as the JavaScript they are. */
function writePrograms(directory: string): void {
  const strip = `const { stripTypeScriptTypes } = require('node:module')
    process.stdout.write(stripTypeScriptTypes(require('node:fs').readFileSync(0, 'utf8')))`
  mkdirSync(directory)
  for (const file of readdirSync(programs)) {
    const code = execFileSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '-e', strip],
      { input: readFileSync(join(programs, file)) },
    )
    writeFileSync(join(directory, file.replace(/\.ts$/, '.mjs')), code)
  }
}

const etc: Record<(typeof etcFiles)[number], string> = {
  hosts: '127.0.0.1 localhost sandbox\n::1 localhost\n',
  passwd:
    'sandbox:x:1000:1000:sandbox:/home/sandbox:/bin/bash\nnobody:x:65534:65534::/:/bin/false\n',
  group: 'sandbox:x:1000:\nnogroup:x:65534:\n',
  'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\n',
  'resolv.conf': '',
}

function shim(name: string): string {
  return `#!/bin/sh\nexec /opt/toolbox/bin/node /opt/toolbox/lib/npm/bin/${name}-cli.js "$@"\n`
}

function folderOf(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
}

/** Names, sizes and times of what goes in. @internal */
export function fingerprint(parts: readonly Extra[]): string {
  const hash = createHash('sha256')
  const node = lstatSync(process.execPath)
  hash.update(
    `${process.version} ${process.execPath} ${node.size} ${node.mtimeMs} ${JSON.stringify(etc)}`,
  )
  hash.update(seccompFilter('x64')).update(shim('npm'))
  for (const { name, from, rehearsal } of [{ name: 'inside', from: programs }, ...parts]) {
    hash.update(`\n${name} ${from} ${JSON.stringify(rehearsal)}`)
    for (const path of witnesses(from)) {
      const { size, mtimeMs } = lstatSync(path)
      hash.update(`\n${path} ${size} ${mtimeMs}`)
    }
  }
  return hash.digest('hex').slice(0, 24)
}

/** An installed package changes as a whole, with its package.json; of a folder of ours every file counts. */
function witnesses(folder: string): readonly string[] {
  if (folder.split(sep).includes('node_modules')) return [join(folder, 'package.json')]
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

function readableForAll(root: string): void {
  chmodSync(root, 0o755)
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const runs = entry.isDirectory() || (lstatSync(path).mode & 0o100) !== 0
    if (!entry.isSymbolicLink()) chmodSync(path, runs ? 0o755 : 0o644)
  }
}
