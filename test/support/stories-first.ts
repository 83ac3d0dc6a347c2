import { BaseSequencer, type TestSpecification } from 'vitest/node'

const order = ['scenarios', 'adapters', 'databases', 'pure']

/** Stories wait much and last long: at the end of a run they would leave the machine idle, so they begin it. */
export class StoriesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const groups = order.map((name) => files.filter(({ project }) => project.name === name))
    const sorted = await Promise.all(groups.map(async (group) => super.sort.call(this, group)))
    return sorted.flat()
  }
}
