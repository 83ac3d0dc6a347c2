import type { HostedRepository } from '#domain/hosted.ts'
import { takenOverComment, takenOverMarker } from '#messages/rounds.ts'
import type { Claims } from '#ports/claims.ts'
import type { Comments } from '#ports/hosting.ts'
import type { Proposals } from '#ports/proposals.ts'

interface Ports {
  readonly comments: Pick<Comments, 'show'>
  readonly proposals: Pick<Proposals, 'giveUp'>
  readonly claims: Pick<Claims, 'take'>
}

/** Says once that a pull request of ours is somebody else's now, whoever notices first: a run or a webhook. */
export async function sayTakenOver(
  { comments, proposals, claims }: Ports,
  {
    repository,
    number,
    teller,
  }: { readonly repository: HostedRepository; readonly number: number; readonly teller: string },
): Promise<void> {
  const key = `${repository.id} taken-over ${number}`
  const claim = await claims.take({ key, runId: teller, taskId: teller })
  if (claim.runId === teller) {
    const said = { issue: number, marker: takenOverMarker, body: takenOverComment }
    await comments.show(repository, said)
  }
  await proposals.giveUp(repository.id, number, 'taken-over')
}
