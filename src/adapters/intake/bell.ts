/** Something to wait for, with a time after which waiting ends anyway. A ring that nobody waits for is kept. */
export interface Bell {
  ring(): void
  rung(withinMs: number): Promise<void>
}

export function bell(): Bell {
  let isRung = false
  let wake: (() => void) | null = null
  return {
    ring() {
      isRung = true
      wake?.()
    },
    async rung(withinMs) {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, withinMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      isRung = false
      wake = null
    },
  }
}
