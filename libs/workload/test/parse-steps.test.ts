import { expect, test } from 'vitest';

import { InvalidStepError, parseSteps } from '../src/index.ts';

function read(text: string): unknown[] {
  return parseSteps(text).map(({ kind, argument }) => ({ [kind.name]: argument }));
}

function errorOf(text: string): Error {
  try {
    parseSteps(text);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidStepError);
    return error as Error;
  }
  throw new Error(`No error for ${text.slice(0, 100)}`);
}

test.each([
  { wait: 0 },
  { wait: 900_000 },
  { fetch: 'http://127.0.0.1:8080/path?query' },
  { fetch: 'https://example.com/' },
  { hash: 4 },
  { hash: 15 },
  { scrypt: 1 },
  { scrypt: 20 },
  { fail: true },
  { fail: 1 },
  { fail: 1000 },
  { hang: true },
  { spin: true },
  { exit: 0 },
  { exit: 255 },
])('%j is a step', (step) => {
  expect(read(JSON.stringify(step))).toEqual([step]);
});

test.each([[{ wait: 7 }], [[{ wait: 7 }, { hash: 4 }]]])(
  'the change of a DynamoDB item has its steps in the attribute body: %j',
  (steps) => {
    const change = { eventName: 'INSERT', keys: { id: 1 }, newImage: { id: 1, body: JSON.stringify(steps) } };
    expect(read(JSON.stringify(change))).toEqual([steps].flat());
  },
);

test.each([
  { eventName: 'REMOVE', keys: { id: 1 } },
  { eventName: 'INSERT', keys: { id: 1 }, newImage: { id: 1 } },
  { newImage: { body: { wait: 7 } } },
  { newImage: { body: '{"newImage":{"body":"{}"}}' } },
])('a change without steps is refused: %j', (change) => {
  expect(errorOf(JSON.stringify(change)).message).toMatch(/^Step 1 must be /);
});

test('a list keeps its order', () => {
  expect(read('[{"wait":1},{"hash":4},{"wait":2}]')).toEqual([{ wait: 1 }, { hash: 4 }, { wait: 2 }]);
});

test('an empty list has no steps', () => {
  expect(read('[]')).toEqual([]);
});

test.each([
  { wait: -1 },
  { wait: 900_001 },
  { wait: 0.5 },
  { wait: '200' },
  { wait: null },
  { fetch: 'example.com' },
  { fetch: 'ftp://example.com/' },
  { fetch: 'file:///etc/passwd' },
  { fetch: 'http://user:secret@example.com/' },
  { fetch: `http://example.com/${'x'.repeat(2048)}` },
  { fetch: 80 },
  { hash: 3 },
  { hash: 16 },
  { hash: true },
  { scrypt: 0 },
  { scrypt: 21 },
  { scrypt: [4] },
  { fail: false },
  { fail: 0 },
  { fail: 1001 },
  { hang: false },
  { hang: 1 },
  { spin: 'true' },
  { exit: -1 },
  { exit: 256 },
  { exit: {} },
])('%j is out of range', (step) => {
  const [name] = Object.keys(step);
  expect(errorOf(JSON.stringify(step)).message).toMatch(
    new RegExp(`^Step 1 \\(${String(name)}\\) must have `),
  );
});

test('the error about a wrong argument names the step, the allowed values and the received value', () => {
  expect(errorOf('[{"wait":1},{"hash":99}]').message).toBe(
    'Step 2 (hash) must have a bcrypt cost, a whole number from 4 to 15, not 99',
  );
});

test.each(['sleep', '__proto__', 'constructor', 'toString', '', 'Wait', 'wait '])(
  'a step %j is not known',
  (name) => {
    expect(errorOf(`{${JSON.stringify(name)}:1}`).message).toBe(
      `Step 1 must be one of wait, fetch, hash, scrypt, fail, retryLater, giveUp, hang, spin, exit, not '${name}'`,
    );
  },
);

test.each(['{}', '{"wait":1,"hash":4}', 'null', '7', '"wait"', 'true', '[[{"wait":1}]]', '[null]'])(
  '%s is not a step',
  (text) => {
    expect(errorOf(text).message).toMatch(/^Step 1 must be an object with one key of wait, .*, not .+/);
  },
);

test('one wrong step spoils the list, wherever it is', () => {
  expect(errorOf('[{"wait":1},{"wait":1},7]').message).toMatch(/^Step 3 must be/);
});

test.each(['', ' ', '{', 'wait', "{'wait':1}", '{"wait":1}}', 'undefined', '\u0000'])(
  '%j is not JSON',
  (text) => {
    const error = errorOf(text);
    expect(error.message).toMatch(/^A message must be JSON/);
    expect(error.cause).toBeInstanceOf(SyntaxError);
  },
);

test.each([
  ['nonsense', 'nonsense '.repeat(30_000)],
  ['a long name', `{${JSON.stringify('x'.repeat(250_000))}:1}`],
  ['many keys', JSON.stringify(Object.fromEntries(Array.from({ length: 25_000 }, (_, i) => [`key${i}`, i])))],
  ['a long argument', JSON.stringify({ fetch: 'x'.repeat(250_000) })],
  ['deep lists', `${'['.repeat(125_000)}${']'.repeat(125_000)}`],
  ['deep objects', `${'{"wait":'.repeat(25_000)}1${'}'.repeat(25_000)}`],
])('250 kB of %s make a short error', (_what, text) => {
  expect(errorOf(text).message.length).toBeLessThan(500);
});
