import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { directoryWith } from './sandbox-machine.ts'

export interface FakePackage {
  readonly name: string
  readonly version: string
  readonly files: Readonly<Record<string, string>>
  readonly manifest?: Readonly<Record<string, unknown>>
}

export interface FakeRegistry {
  readonly url: string
  /** Every request as `METHOD path`, and the credentials that came along. */
  readonly asked: string[]
  readonly credentials: string[]
  readonly integrity: (name: string) => string
  close(): void
}

/** A package registry on loopback that serves what a test says, and remembers what it was asked. */
export async function fakeRegistry(
  packages: readonly FakePackage[],
  tarballs: Readonly<Record<string, Buffer>> = {},
): Promise<FakeRegistry> {
  const packed = new Map(packages.map((of) => [of.name, pack(of)]))
  const asked: string[] = []
  const credentials: string[] = []
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '')
    asked.push(`${request.method ?? ''} ${path}`)
    for (const header of ['authorization', 'cookie', 'npm-otp']) {
      const value = request.headers[header]
      if (value !== undefined) credentials.push(String(value))
    }
    const [name = '', file] = path.slice(1).split('/-/')
    const found = packages.find((of) => of.name === name)
    const tarball = tarballs[path] ?? packed.get(name)
    if (file !== undefined && tarball !== undefined) return response.end(tarball)
    if (found === undefined) return response.writeHead(404).end('{}')
    return response.end(JSON.stringify(document(found, packed, url)))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${portOf(server.address())}/`
  return {
    url,
    asked,
    credentials,
    integrity: (name) => integrityOf(packed.get(name) ?? Buffer.of()),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function document(of: FakePackage, packed: ReadonlyMap<string, Buffer>, url: string): object {
  const { name, version, manifest } = of
  const tarball = `${url}${name}/-/${name.split('/').at(-1)}-${version}.tgz`
  const integrity = integrityOf(packed.get(name) ?? Buffer.of())
  const one = { name, version, ...manifest, dist: { tarball, integrity } }
  return { name, 'dist-tags': { latest: version }, versions: { [version]: one } }
}

function integrityOf(tarball: Buffer): string {
  return `sha512-${createHash('sha512').update(tarball).digest('base64')}`
}

function pack({ name, version, files, manifest }: FakePackage): Buffer {
  const packageJson = JSON.stringify({ name, version, ...manifest })
  const entries = Object.entries({ 'package.json': packageJson, ...files })
  const folder = directoryWith(
    Object.fromEntries(entries.map(([path, content]) => [`package/${path}`, content])),
  )
  try {
    return execFileSync('tar', ['-czf', '-', '-C', folder, 'package'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
