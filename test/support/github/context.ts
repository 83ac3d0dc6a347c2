import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { z } from 'zod'

import { enter, type Need } from './access.ts'
import { type Actor, accountOf } from './actor.ts'
import type { House } from './house.ts'
import { notFound, Refusal } from './refusal.ts'
import type { Account, Repository } from './state.ts'

export interface Env {
  readonly Bindings: HttpBindings
  readonly Variables: { actor: Actor }
}

export type Request = Context<Env>

/** The repository a path names, if whoever asks may do this with it. */
export function here(house: House, c: Request, need: Need): Repository {
  return enter(house, c.get('actor'), { owner: param(c, 'owner'), name: param(c, 'repo'), need })
}

/** Who asks; anonymous askers are refused. */
export function someone(c: Request): Account {
  const account = accountOf(c.get('actor'))
  if (account === null) throw new Refusal(401, 'Requires authentication')
  return account
}

export function param(c: Request, name: string): string {
  return c.req.param(name) ?? ''
}

/** The entry of a list whose id a path names. */
export function numbered<T extends { readonly id: number }>(
  c: Request,
  name: string,
  list: readonly T[],
): T {
  const number = Number(param(c, name))
  const found = list.find((entry) => entry.id === number)
  if (found === undefined) throw notFound()
  return found
}

/** The body, of which GitHub's description has already been asked: here it only gets its types. */
export async function bodyOf<T extends z.ZodType>(c: Request, shape: T): Promise<z.infer<T>> {
  const text = await c.req.text()
  const parsed = shape.safeParse(text === '' ? {} : JSON.parse(text))
  if (!parsed.success)
    throw new Refusal(422, `Invalid request.\n\n${parsed.error.issues[0]?.message ?? ''}`)
  return parsed.data
}
