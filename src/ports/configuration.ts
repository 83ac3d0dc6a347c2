import type { RepositoryConfiguration } from '#domain/repository-configuration.ts'

/** Reads the text of `.github/goalkeeper.yml`; a bad file is one problem at its line. */
export interface ConfigurationReader {
  parse(text: string):
    | { readonly kind: 'valid'; readonly configuration: RepositoryConfiguration }
    | {
        readonly kind: 'invalid'
        readonly line: number
        readonly column: number
        readonly problem: string
        readonly remedy: string
      }
}
