import { existsSync, readFileSync } from 'node:fs'

interface Refusal {
  readonly because: string
  readonly remedy: string
}

/** Why repository code may not run here, and the one line that changes it. `said` is what the attempt printed. */
export function remedyFor(cause: 'missing' | 'broken' | 'leaks', said: string): Refusal {
  switch (cause) {
    case 'missing':
      return process.platform === 'linux' ? missing : elsewhere
    case 'broken':
      return brokenBy(said)
    case 'leaks':
      return {
        because: `The sandbox does not hold: ${said}.`,
        remedy: 'Do not run repository code on this machine; use a host with user namespaces.',
      }
  }
}

const missing: Refusal = {
  because: 'bubblewrap is not installed.',
  remedy: 'Run: sudo apt-get install -y bubblewrap util-linux',
}

const elsewhere: Refusal = {
  because: 'Only Linux has the namespaces this sandbox is made of.',
  remedy: 'Run it in a Linux virtual machine.',
}

const settings = [
  {
    file: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    forbids: '1',
    remedy: 'Run: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
  },
  {
    file: '/proc/sys/kernel/unprivileged_userns_clone',
    forbids: '0',
    remedy: 'Run: sudo sysctl -w kernel.unprivileged_userns_clone=1',
  },
  {
    file: '/proc/sys/user/max_user_namespaces',
    forbids: '0',
    remedy: 'Run: sudo sysctl -w user.max_user_namespaces=15000',
  },
] as const

function brokenBy(said: string): Refusal {
  const setting = settings.find(
    ({ file, forbids }) => existsSync(file) && readFileSync(file, 'utf8').trim() === forbids,
  )
  if (setting !== undefined) {
    return { because: 'This kernel forbids user namespaces to us.', remedy: setting.remedy }
  }
  if (/unknown option|Unknown option/.test(said)) {
    return {
      because: 'bubblewrap is older than 0.8.',
      remedy: 'Install bubblewrap 0.8 or newer: Debian 12, Ubuntu 24.04 and later have it.',
    }
  }
  return {
    because: `The sandbox cannot start: ${said.split('\n').at(-1) ?? ''}`,
    remedy:
      'In a container, start it with: --security-opt seccomp=unconfined --security-opt systempaths=unconfined',
  }
}
