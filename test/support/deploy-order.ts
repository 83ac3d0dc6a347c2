import type { DeployOrder } from '#ports/deployments.ts'

/** An order for the kiosk's production, as a run gives it to whoever carries it out. */
export function deployOrder(of: Partial<DeployOrder> = {}): DeployOrder {
  return {
    repository: { installation: 7, id: 11, owner: 'octo', name: 'kiosk' },
    environment: 'production',
    sha: 'a'.repeat(40),
    task: 'deploy',
    means: 'command',
    patienceSeconds: 60,
    taskId: 'task-1',
    key: 'run_1 deploy',
    ...of,
  }
}
