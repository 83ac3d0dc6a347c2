import type { Json } from '#domain/outcome.ts'
import type { Attempt, Run } from '#domain/run.ts'
import type { Durable, Programs } from '#ports/durable.ts'
import type { NewAuditEntry, RunStore } from '#ports/run-store.ts'

interface Entry {
  readonly name: string
  readonly value: Json
}

/** The process is gone in the middle of something. */
export class Died extends Error {}

/**
 * The durable port in memory: what was asked is kept in order, and a second execution over the same memory is answered
 * from it, as after a restart. Asking for something else than the first time throws.
 */
export class Memory {
  readonly entries: Entry[] = []
  readonly asked: string[] = []
  readonly slept: number[]
  readonly messages = new Map<string, Json[]>()
  readonly followed: { id: string; input: Json }[] = []

  /** The process is gone: what was done is not noted. */
  readonly isGone: () => boolean

  constructor(slept: number[] = [], isGone = () => false) {
    this.slept = slept
    this.isGone = isGone
  }

  async answer(at: number, name: string, live: () => Promise<Json>): Promise<Json> {
    this.asked.push(name)
    const known = this.entries[at]
    if (known && known.name !== name) throw new Error(`Recorded ${known.name}, asked for ${name}.`)
    if (known) return known.value
    const value = await live()
    if (this.isGone()) throw new Died()
    this.entries[at] = { name, value }
    return value
  }
}

/** Runs a program over `memory`; phases are run in place, each over a memory of its own. */
export function memoryDurable(runId: string, memory: Memory, programs: Programs): Durable {
  let at = 0
  const phases = phaseMemories(memory)
  const durable: Durable = {
    runId,
    async step(name, run) {
      const value = await memory.answer((at += 1), name, () => run(new AbortController().signal))
      // As after a restart: nothing but JSON survives.
      return JSON.parse(JSON.stringify(value))
    },
    async phases(calls) {
      const places = calls.map(() => (at += 1))
      const ends = []
      for (const [index, { phase, entry, input }] of calls.entries()) {
        const name = `phase ${phase} ${entry}`
        const value = await memory.answer(places[index] ?? 0, name, () =>
          programs.phase(memoryDurable(`${runId}/${phase}`, phases(name), programs), input),
        )
        ends.push({ kind: 'returned', value } as const)
      }
      return ends
    },
    receive: (topic) =>
      memory.answer((at += 1), `receive ${topic}`, () =>
        Promise.resolve(memory.messages.get(topic)?.shift() ?? null),
      ),
    async sleep(ms) {
      await memory.answer((at += 1), 'sleep', () => {
        memory.slept.push(ms)
        return Promise.resolve(null)
      })
    },
    async follow(id, input) {
      await memory.answer((at += 1), `follow ${id}`, () => {
        memory.followed.push({ id, input })
        return Promise.resolve(null)
      })
    },
    isInterruption: () => false,
  }
  return durable
}

const memories = new WeakMap<Memory, Map<string, Memory>>()

function phaseMemories(memory: Memory): (name: string) => Memory {
  const own = memories.get(memory) ?? new Map<string, Memory>()
  memories.set(memory, own)
  return (name) => {
    const phase = own.get(name) ?? new Memory(memory.slept, memory.isGone)
    own.set(name, phase)
    return phase
  }
}

/** The records in memory; a key written twice stays one. */
export function memoryStore() {
  const runs = new Map<string, Run>()
  const attempts = new Map<string, Attempt>()
  const audit = new Map<string, NewAuditEntry>()
  const save = (attempt: Attempt) => {
    const { runId, phase, step, number } = attempt
    const key = `${runId} ${phase} ${step} ${number}`
    if (attempt.finishedAt !== null || !attempts.get(key)?.finishedAt) attempts.set(key, attempt)
  }
  const append = (entry: NewAuditEntry) => {
    const key = `${entry.runId} ${entry.key}`
    if (!audit.has(key)) audit.set(key, entry)
  }
  const store: RunStore = {
    saveRun: (run) => Promise.resolve(void runs.set(run.id, run)),
    run: (id) => Promise.resolve(runs.get(id) ?? null),
    runs: () => Promise.resolve([...runs.values()]),
    saveTask: () => Promise.resolve(),
    saveAttempt: (attempt) => Promise.resolve(save(attempt)),
    attempts: () => Promise.resolve([...attempts.values()]),
    saveEvidence: () => Promise.resolve(),
    evidence: () => Promise.resolve([]),
    append: (entry) => Promise.resolve(append(entry)),
    record({ attempts, entries }) {
      attempts.forEach(save)
      entries.forEach(append)
      return Promise.resolve('the only life')
    },
    settle: () => Promise.resolve('the only life'),
    audit: async (runId) =>
      [...audit.values()]
        .filter((entry) => entry.runId === runId)
        .map((entry, sequence) => ({ ...entry, sequence, at: '' })),
  }
  return { store, runs, attempts, audit }
}
