import { Died } from './memory-durable.ts'

/** After how many more calls to the outside the process dies; it begins again with another number. */
export interface Life {
  left: number
}

/** The same ports, whose calls are counted: the last one is done, and nobody hears of it. */
export function mortalPorts<Ports extends object>(ports: Ports, life: Life): Ports {
  const mortal = (call: Function) =>
    async function (...of: unknown[]) {
      if (life.left <= 0) throw new Died()
      const answer: unknown = await Reflect.apply(call, null, of)
      life.left -= 1
      if (life.left === 0) throw new Died()
      return answer
    }
  const entries = Object.entries(ports).map(([name, port]: [string, unknown]) => {
    const isPort = typeof port === 'object' && port !== null && !Array.isArray(port)
    return [name, isPort && name !== 'clock' ? withCalls(port, mortal) : port]
  })
  return Object.fromEntries(entries)
}

function withCalls(port: object, mortal: (call: Function) => unknown) {
  const calls = Object.entries(port).map(([name, call]: [string, unknown]) => [
    name,
    typeof call === 'function' ? mortal(call) : call,
  ])
  return Object.fromEntries(calls)
}
