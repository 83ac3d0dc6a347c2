/** What a path alone says about a file. All paths are relative to the root, with forward slashes. */
export function isTest(path: string): boolean {
  return testName.test(path) || testFolder.test(path)
}

/** Named so that a runner would pick it up. */
export function isTestFile(path: string): boolean {
  return testName.test(path) || /(?:^|\/)__tests__\/.*\.[cm]?[jt]sx?$/.test(path)
}

export function isSnapshot(path: string): boolean {
  return /(?:^|\/)__snapshots__\/|\.(?:snap|shot)$/.test(path)
}

export function isScript(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path)
}

export function isDeclaration(path: string): boolean {
  return /\.d\.(?:[^/]+\.)?[cm]?ts$/.test(path)
}

export function isManifest(path: string): boolean {
  return /(?:^|\/)package\.json$/.test(path)
}

export function isLockfile(path: string): boolean {
  return /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|deno\.lock)$/.test(
    path,
  )
}

export function isDocument(path: string): boolean {
  return /\.(?:md|mdx|txt|rst|adoc)$|(?:^|\/)LICEN[CS]E$/i.test(path)
}

/** Lower-case words of a path or a line, cut at punctuation and at camelCase humps: `src/oAuth/userData.ts` → src, o, auth, … */
export function wordsOf(text: string): readonly string[] {
  return text
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '')
}

const testName =
  /(?:^|[./_-])(?:test|spec|e2e|cy|bench)\.[cm]?[jt]sx?$|(?:^|\/)test[-_][^/]+\.[cm]?[jt]sx?$/
const testFolder = /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|tests?|specs?|e2e|cypress)\//
