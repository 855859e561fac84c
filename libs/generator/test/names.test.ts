import { expect, it } from 'vitest';

import { namesOf } from '../src/names.ts';

it.each([
  ['child-processes', 'child-process-workers'],
  ['promises', 'promise-workers'],
  ['fibers', 'fiber-workers'],
  ['boxes', 'box-workers'],
  ['wasm', 'wasm-workers'],
  ['process', 'process-workers'],
])('the library of %s is called %s', (technique, library) => {
  expect(namesOf(technique).library).toBe(library);
});

it('code has the names as code is written', () => {
  expect(namesOf('child-processes')).toMatchObject({
    workers: 'childProcessWorkers',
    type: 'ChildProcessWorkers',
    prose: 'child process workers',
  });
});

it('a library can have a name of its own', () => {
  expect(namesOf('child-processes', 'forks')).toMatchObject({
    library: 'forks',
    workers: 'forks',
    type: 'Forks',
  });
});

it.each(['', 'ChildProcesses', 'child_processes', '-child', 'child-', 'a--b', '../x', '1st'])(
  'a technique cannot be called %j',
  (name) => {
    expect(() => namesOf(name)).toThrow(
      `The technique must be named in small letters with hyphens between words, such as child-processes, not "${name}".`,
    );
  },
);
