// Makes a machine ready: the sandbox needs bubblewrap and util-linux, the job needs git. Runs on any Node from 20 on,
// so it is plain JavaScript. Exit code 1: something blocks, and the line that helps was printed.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Program → Debian package. */
const needed = new Map([
  ['bwrap', 'bubblewrap'],
  ['git', 'git'],
  ['prlimit', 'util-linux'],
  ['setpriv', 'util-linux'],
  ['unshare', 'util-linux'],
])

process.exitCode = process.platform === 'linux' ? onLinux() : elsewhere()
aboutNode()

function onLinux() {
  if (missingPackages().length > 0) installWithApt()
  const missing = missingPackages()
  if (missing.length > 0) return blocked(`Missing: ${missing.join(', ')}.`, installLine(missing))
  return sandboxStarts()
}

function elsewhere() {
  const git = isInstalled('git')
  say(
    'This is not Linux: repository code cannot be sandboxed here, so checks of a repository are not run.',
  )
  say('Everything else works. For the whole job use a Linux virtual machine.')
  return git
    ? 0
    : blocked(
        'Missing: git.',
        process.platform === 'darwin' ? 'xcode-select --install' : 'Install git.',
      )
}

function missingPackages() {
  return [
    ...new Set([...needed].filter(([program]) => !isInstalled(program)).map(([, name]) => name)),
  ]
}

function isInstalled(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

function installWithApt() {
  if (!existsSync('/etc/debian_version') || !isInstalled('apt-get')) return
  const root = process.getuid() === 0
  if (!root && spawnSync('sudo', ['-n', 'true']).status !== 0) return
  const apt = (...words) => {
    const line = [
      ...(root ? [] : ['sudo', '-n']),
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      ...words,
    ]
    return spawnSync(line[0], line.slice(1), {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    })
  }
  const packages = missingPackages()
  say(`Installing ${packages.join(', ')} …`)
  if (apt('install', '-y', '--no-install-recommends', ...packages).status === 0) return
  // A fresh machine has no package lists yet.
  apt('update')
  const again = apt('install', '-y', '--no-install-recommends', ...packages)
  if (again.status !== 0) say(again.stderr.trim())
}

function installLine(packages) {
  return existsSync('/etc/debian_version')
    ? `sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}`
    : `Install with your package manager: ${packages.join(' ')}`
}

/** Starts an empty cell as the user the sandbox will have: kernels and containers may forbid it. */
function sandboxStarts() {
  const user =
    process.getuid() === 0 ? ['--reuid', '58231', '--regid', '58231', '--clear-groups'] : []
  const cell = ['bwrap', '--unshare-all', '--disable-userns', '--size', '4096', '--tmpfs', '/tmp']
  const view = [
    '--ro-bind',
    '/usr',
    '/usr',
    '--symlink',
    'usr/bin',
    '/bin',
    '--symlink',
    'usr/lib',
    '/lib',
  ]
  const more = existsSync('/lib64') ? ['--symlink', 'usr/lib64', '/lib64'] : []
  const words = [
    '--no-new-privs',
    ...user,
    ...cell,
    '--unshare-user',
    ...view,
    ...more,
    '/usr/bin/true',
  ]
  const tried = spawnSync('setpriv', words, { encoding: 'utf8' })
  if (tried.status === 0) return 0
  return blocked(
    `The sandbox cannot start: ${tried.stderr.trim().split('\n').at(-1)}`,
    remedy(tried.stderr),
  )
}

function remedy(said) {
  if (/unknown option/i.test(said))
    return 'bubblewrap 0.8 or newer is needed: Debian 12, Ubuntu 24.04 or later.'
  const settings = [
    [
      '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
      '1',
      'kernel.apparmor_restrict_unprivileged_userns=0',
    ],
    ['/proc/sys/kernel/unprivileged_userns_clone', '0', 'kernel.unprivileged_userns_clone=1'],
    ['/proc/sys/user/max_user_namespaces', '0', 'user.max_user_namespaces=15000'],
  ]
  const found = settings.find(
    ([file, bad]) => existsSync(file) && readFileSync(file, 'utf8').trim() === bad,
  )
  if (found) return `sudo sysctl -w ${found[2]}`
  return 'In a container, start it with: --security-opt seccomp=unconfined --security-opt systempaths=unconfined'
}

function aboutNode() {
  const [major] = process.versions.node.split('.')
  if (Number(major) >= 24) return
  const own = join(import.meta.dirname ?? '.', '../node_modules/.bin/node')
  say(
    existsSync(own)
      ? `This is Node ${process.versions.node}; the npm scripts use Node 24 from node_modules/.bin.`
      : `This is Node ${process.versions.node}; "npm ci" brings Node 24 to node_modules/.bin, which the npm scripts use.`,
  )
}

function blocked(what, line) {
  process.stderr.write(`${what}\n${line}\n`)
  return 1
}

function say(line) {
  process.stdout.write(`${line}\n`)
}
