import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { openProject, type Project, type ProjectPlan } from './open-project.ts'
import { createOverlay, type Overlay } from './overlay.ts'
import { readConfig } from './plan-projects.ts'

/** What is open already: a project is opened once, however often it is asked for. */
export interface Shelf {
  readonly overlay: Overlay
  readonly open: (plan: ProjectPlan) => Project
}

export function createShelf(): Shelf {
  const overlay = createOverlay()
  const projects = new Map<string, Project>()
  return {
    overlay,
    open(plan) {
      const { config, directory, files, loose } = plan
      const key = JSON.stringify([config, directory, files, loose])
      const project = projects.get(key) ?? openProject(plan, overlay)
      projects.set(key, project)
      return project
    },
  }
}

/** Opens the projects of these configurations before anybody asks, as far as they are there. */
export function openAhead(shelf: Shelf, root: string, configs: readonly string[]): void {
  const there = configs.map((config) => join(root, config)).filter((path) => existsSync(path))
  for (const plan of there.flatMap(readConfig)) shelf.open(plan).program().getTypeChecker()
}
