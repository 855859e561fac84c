import { describe as suite, expect, it } from 'vitest';

import { describeShape } from '../src/describe.ts';
import { describe } from '../src/technique/index.ts';

suite('the description of a value', () => {
  it.each([
    [undefined, 'undefined'],
    ['text', "'text'"],
    [{ a: { b: { c: 1 } } }, '{ a: { b: [Object] } }'],
    [[1, 2, 3, 4, 5, 6], '[ 1, 2, 3, 4, 5, ... 1 more item ]'],
  ])('of %o is %s', (value, expected) => {
    expect(describe(value)).toBe(expected);
  });

  it('is at most some 200 characters long', () => {
    for (const value of [
      'x'.repeat(250_000),
      Object.fromEntries(Array.from({ length: 999 }, (_, i) => [i, i])),
    ]) {
      expect(describe(value)).toHaveLength(201);
    }
  });

  it('describes a value that cannot be printed', () => {
    const unprintable = {
      [Symbol.for('nodejs.util.inspect.custom')]: () => {
        throw new Error('unprintable');
      },
    };
    expect(describe(unprintable)).toBe('an unprintable object');
  });
});

suite('the description of what was sent', () => {
  it.each([
    ['secret', 'a text of 6 characters'],
    [Buffer.from('secret'), '6 bytes'],
    [['secret'], 'a list of 1'],
    [{ id: 'secret', list: [] }, "an object with the keys [ 'id', 'list' ]"],
    [
      { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 },
      "an object with the keys [ 'a', 'b', 'c', 'd', 'e', ... 1 more item ]",
    ],
    [undefined, 'undefined'],
    [null, 'null'],
    [7, '7'],
  ])('of %o is %s', (value, expected) => {
    expect(describeShape(value)).toBe(expected);
  });

  it('is bounded', () => {
    expect(describeShape({ ['x'.repeat(250_000)]: 1 }).length).toBeLessThan(300);
  });
});
