import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

import { execa } from 'execa'

import { freePort, until } from './service.ts'

const cache = join(import.meta.dirname, '../../node_modules/.cache/prometheus')

/**
 * The program of a real Prometheus: of this machine, else of Debian's package, which is unpacked beside our own and not
 * installed. Null where it cannot be had and `TESTS_WITHOUT_PROMETHEUS` says that this is allowed; throws where not.
 */
export async function findPrometheus(): Promise<string | null> {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const known = [...folders.map((folder) => join(folder, 'prometheus')), unpacked]
  const found = known.find((path) => existsSync(path))
  if (found !== undefined) return found
  try {
    return await unpack()
  } catch (error) {
    if (process.env['TESTS_WITHOUT_PROMETHEUS'] === 'allowed') return null
    throw new Error(
      'There is no Prometheus here and none could be fetched with apt-get. Install it, or allow to do without: TESTS_WITHOUT_PROMETHEUS=allowed',
      { cause: error },
    )
  }
}

const unpacked = join(cache, 'prometheus')

async function unpack(): Promise<string> {
  const place = mkdtempSync(join(tmpdir(), 'prometheus-'))
  try {
    const shell = execa({ shell: true, cwd: place })
    // A fresh machine has no package lists yet.
    await shell`apt-get download prometheus || { apt-get update; apt-get download prometheus; }`
    await shell`dpkg-deb --extract prometheus_*.deb .`
    mkdirSync(cache, { recursive: true })
    const own = join(cache, `prometheus-${process.pid}`)
    await execa('cp', [join(place, 'usr/bin/prometheus'), own])
    renameSync(own, unpacked)
    return unpacked
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

/** Starts it on loopback; every second it reads `/metrics` of this address. */
export async function startPrometheus(program: string, target: string) {
  const home = mkdtempSync(join(tmpdir(), 'prometheus-home-'))
  const port = await freePort()
  const { host } = new URL(target)
  const scrape = `scrape_configs: [{ job_name: shop, static_configs: [{ targets: ['${host}'] }] }]`
  writeFileSync(join(home, 'prometheus.yml'), `global: { scrape_interval: 1s }\n${scrape}\n`)
  const child = execa(
    program,
    [
      `--config.file=${join(home, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(home, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { reject: false, stdio: 'ignore' },
  )
  const url = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(`${url}/-/ready`).catch(() => null))?.ok ?? false)
  return {
    url,
    async close() {
      child.kill('SIGKILL')
      await child
      rmSync(home, { recursive: true, force: true })
    },
  }
}
