import { setTimeout as sleep } from 'node:timers/promises'

import type { Probe } from '#domain/deploy.ts'
import type { ProbeAnswer, Probes } from '#ports/deployments.ts'

import type { Ask } from './asked.ts'

const tries = 3

/** Probes over HTTP. An answer that takes twice as long as it may is not waited for. */
export function httpProbes(ask: Ask, pauseMs = 1000): Pick<Probes, 'ask'> {
  return {
    async ask(probe, isGood) {
      const answers: ProbeAnswer[] = []
      for (let number = 1; number <= tries; number++) {
        if (number > 1) await sleep(pauseMs)
        const answer = await once(ask, probe)
        answers.push(answer)
        if (isGood(answer)) break
      }
      return answers
    },
  }
}

async function once(ask: Ask, probe: Probe): Promise<ProbeAnswer> {
  try {
    const { status, ms, text } = await ask(probe.url, probe['within-ms'] * 2)
    return { status, ms, body: jsonOf(text), detail: `status ${status} in ${ms} ms` }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { status: null, ms: 0, body: null, detail }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
