import nock from 'nock'
import { afterAll, afterEach, beforeAll } from 'vitest'

/** For a file whose GitHub is answered by nock: nothing else is reached, and the next file finds all as it was. */
export function nocked(): void {
  beforeAll(() => {
    if (!nock.isActive()) nock.activate()
    nock.disableNetConnect()
  })
  afterEach(() => nock.cleanAll())
  afterAll(() => {
    nock.enableNetConnect()
    nock.restore()
  })
}
