import { randomUUID } from 'node:crypto'

import { inject } from 'vitest'

import { openPool } from '#adapters/postgres/pool.ts'

import { databaseOn, type Server } from './stand-by-databases.ts'

interface Opened {
  readonly url: string
  close(): Promise<void>
}

/** A database of one's own on each server that stands by: ours always, another where one is named or can be started. */
export const databases = inject('servers').map(
  (server) => [server.name, () => openedOn(server)] as const,
)

async function openedOn({ url, template }: Server): Promise<Opened> {
  if (template === null) return { url, close: () => Promise.resolve() }
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const server = openPool(url, 1)
  await server.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
  return {
    url: databaseOn(url, name),
    async close() {
      await server.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await server.end()
    },
  }
}
