import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parse } from 'yaml'
import { z } from 'zod'

const level = z.enum(['read', 'write'])

/** The App as GitHub is told of it: `app.yml`, in the words of GitHub's manifests. */
const appManifest = z.strictObject({
  name: z.string(),
  url: z.url(),
  public: z.boolean(),
  hook_attributes: z.strictObject({ url: z.url(), active: z.boolean() }),
  default_events: z.array(z.string()),
  default_permissions: z.record(z.string(), level),
})
export type AppManifest = z.infer<typeof appManifest>

/** Throws when the file is not there or not a manifest: it comes with this repository. */
export function readAppManifest(file: string = ownFile): AppManifest {
  return appManifest.parse(parse(readFileSync(file, 'utf8')))
}

const ownFile = join(import.meta.dirname, '../../app.yml')
