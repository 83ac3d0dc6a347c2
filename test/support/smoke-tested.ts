/**
 * A package with a second job of CI, tried only where the first is green: Goalkeeper is told to look at the tests, the smoke
 * test it meets in CI alone.
 */
export const smokeTested = {
  'package.json': '{ "name": "kiosk", "private": true, "type": "module" }\n',
  '.github/workflows/ci.yml': `name: ci
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - run: node --test test/*.test.js
  smoke:
    needs: [test]
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - run: node --test smoke/*.test.js
`,
  '.github/goalkeeper.yml': 'checks:\n  test: { run: node --test test/*.test.js }\n',
} as const
