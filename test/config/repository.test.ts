import { describe, expect, test } from 'vitest'

import { parseRepositoryConfiguration } from '#config/repository.ts'

/** `line:column: problem. remedy`, or the word valid. */
function complaintAbout(text: string): string {
  const read = parseRepositoryConfiguration(text)
  if (read.kind === 'valid') return 'valid'
  return `${read.line}:${read.column}: ${read.problem}. ${read.remedy}`
}

describe('a repository configuration', () => {
  test.each([
    ['nothing', ''],
    ['only a comment', '# nothing yet\n'],
    ['an empty block', '{}'],
  ])('of %s means the defaults', (_title, text) => {
    expect(parseRepositoryConfiguration(text)).toEqual({
      kind: 'valid',
      configuration: {
        checks: {},
        mode: 'apply',
        'protected-paths': [],
        limits: {
          files: 200,
          lines: 400,
          'timeout-minutes': 15,
          model: { ready: { files: 2, lines: 30 }, draft: { files: 20, lines: 400 } },
        },
        culprit: {
          mode: 'propose',
          'fix-forward-minutes': 30,
          'age-hours': 24,
          'reverts-a-day': 5,
          'ready-a-day': 3,
          'protected-authors': [],
        },
        environments: {},
        'ungated-environments': 'wait',
        snapshots: false,
      },
    })
  })

  test('is read with what it leaves out filled in', () => {
    const text = [
      'mode: propose',
      'checks:',
      '  unit tests: { run: npm test, before: [npm run build], mode: apply }',
      'protected-paths: ["migrations/**"]',
      'limits: { lines: 100 }',
    ].join('\n')

    expect(parseRepositoryConfiguration(text)).toMatchObject({
      kind: 'valid',
      configuration: {
        mode: 'propose',
        checks: {
          'unit tests': {
            run: 'npm test',
            before: ['npm run build'],
            directory: '.',
            mode: 'apply',
          },
        },
        'protected-paths': ['migrations/**'],
        limits: { files: 200, lines: 100 },
      },
    })
  })

  test('may repeat itself with a few aliases', () => {
    const text = 'checks:\n  a: &it { run: npm test }\n  b: *it\n'

    expect(complaintAbout(text)).toBe('valid')
  })
})

describe('a bad repository configuration is one problem at its line', () => {
  test.each([
    [
      'an unknown key',
      'mode: apply\nchekcs:\n  a: { run: x }\n',
      '2:1: "chekcs" is not known here. Known are: checks, mode, protected-paths, limits, culprit, environments, ungated-environments, snapshots.',
    ],
    [
      'an unknown key deep inside',
      'checks:\n  lint:\n    run: x\n    cwd: src\n',
      '4:5: "cwd" is not known here. Known are: run, before, directory, mode.',
    ],
    [
      'an unknown mode',
      'checks:\n  lint:\n    run: x\n    mode: fix\n',
      '4:5: "mode" cannot be "fix". Choose: off, shadow, propose, apply.',
    ],
    [
      'a check without its command',
      'checks:\n  lint:\n    mode: off\n',
      '2:3: "run" is missing. Add it. It must be a text.',
    ],
    [
      'an empty command',
      'checks: { lint: { run: "" } }\n',
      '1:19: "run" is empty. Write something there, or remove it.',
    ],
    [
      'a list of checks',
      'checks:\n  - lint\n',
      '1:1: "checks" must be a block of keys, not a list. Write "key: value" on lines below it.',
    ],
    [
      'a path that is no list',
      'protected-paths: src/**\n',
      '1:1: "protected-paths" must be a list, not a text. Begin each item with "- " on its own line.',
    ],
    [
      'a path that is no text',
      'protected-paths:\n  - src/**\n  - 5\n',
      '3:5: Item 2 of "protected-paths" must be a text, not a number. Put it in quotes.',
    ],
    [
      'half a file',
      'limits:\n  files: 1.5\n',
      '2:3: "files" must be a whole number, not a number. Leave out the decimals.',
    ],
    [
      'no time at all',
      'limits:\n  timeout-minutes: 0\n',
      '2:3: "timeout-minutes" must be more than 0. Give more.',
    ],
    [
      'a word for yes',
      'snapshots: yes\n',
      '1:1: "snapshots" must be true or false, not a text. Write true or false without quotes.',
    ],
    [
      'a list as the file',
      '- checks\n',
      '1:1: The file must be a block of keys, not a list. Write "key: value" on lines below it.',
    ],
    [
      'the upper of two problems',
      'a: 1\nmode: fix\n',
      '1:1: "a" is not known here. Known are: checks, mode, protected-paths, limits, culprit, environments, ungated-environments, snapshots.',
    ],
    [
      'a key twice',
      'mode: off\nmode: apply\n',
      '2:1: This key stands here twice. Remove one of the two.',
    ],
    ['a tab', 'checks:\n\tlint: 1\n', '2:1: A tab indents this line. Indent with spaces.'],
    [
      'two documents',
      'mode: off\n---\nmode: apply\n',
      '2:1: A second document begins here. Keep one document per file.',
    ],
    ['a tag', 'mode: !!js/function x\n', '1:7: This tag is not known. Remove the tag.'],
    [
      'an open quote',
      'mode: "off\n',
      '2:1: This is not YAML: Missing closing "quote. Check the indentation and the quotes here.',
    ],
    [
      'an alias to nowhere',
      'checks:\n  a: *b\n',
      '2:6: An alias has no anchor before it, or aliases repeat too much. Write the value out instead of the alias.',
    ],
    [
      'a key that is a list',
      '? [a]\n: 1\n',
      '1:3: This key is not a text. Use a plain word as the key.',
    ],
  ])('%s', (_title, text, complaint) => {
    expect(complaintAbout(text)).toBe(complaint)
  })
})

describe('an attack by configuration is refused at once', () => {
  const layers = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(
    (name, at, names) => `${name}: &${name} [${`*${names[at - 1]},`.repeat(at === 0 ? 0 : 9)}"x"]`,
  )

  test.each([
    ['aliases of aliases of aliases', layers.join('\n'), /aliases repeat too much/],
    ['fifty thousand open brackets', '['.repeat(50_000), /nested too deeply|not YAML/],
    ['a megabyte', `mode: "${'x'.repeat(1_000_000)}"`, /too long/],
    ['a key of every object', '__proto__: { mode: off }\n', /"__proto__" is not known here/],
  ])('%s', (_title, text, complaint) => {
    const started = performance.now()

    expect(complaintAbout(text)).toMatch(complaint)
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
