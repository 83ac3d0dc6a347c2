import { randomBytes } from 'node:crypto'

import { v7 } from 'uuid'

import type { Clock, Ids } from '#ports/world.ts'

export const systemClock: Clock = { now: () => new Date() }

export const randomIds: Ids = {
  uuid: () => v7(),
  eightHex: () => randomBytes(4).toString('hex'),
}
