import { describe, expect, it } from 'vitest';

import { compilePattern } from '../../src/filter/event-pattern.ts';

const matches = (pattern: object, value: unknown) => compilePattern(pattern)(value);

/** The operators of the table in AWS's documentation, each with a value that matches and some that do not. */
const operators: readonly (readonly [string, object, unknown, readonly unknown[]])[] = [
  ['equals', { name: ['Alice'] }, { name: 'Alice' }, [{ name: 'alice' }, { name: 'Al' }, {}]],
  ['null', { id: [null] }, { id: null }, [{ id: '' }, { id: 'null' }, {}]],
  ['empty', { last: [''] }, { last: '' }, [{ last: null }, { last: ' ' }, {}]],
  ['boolean', { on: [true] }, { on: true }, [{ on: 'true' }, { on: false }]],
  ['or', { type: ['a', 'b'] }, { type: 'b' }, [{ type: 'c' }]],
  [
    'and',
    { city: ['NY'], day: ['Mon'] },
    { city: 'NY', day: 'Mon' },
    [{ city: 'NY' }, { city: 'NY', day: 'Tue' }],
  ],
  [
    'equals, ignoring case',
    { n: [{ 'equals-ignore-case': 'alice' }] },
    { n: 'ALICE' },
    [{ n: 'alic' }, { n: 1 }],
  ],
  ['begins with', { r: [{ prefix: 'us-' }] }, { r: 'us-east-1' }, [{ r: 'eu-us-' }, { r: 'US-' }, {}]],
  [
    'begins with, ignoring case',
    { r: [{ prefix: { 'equals-ignore-case': 'EVENTB' } }] },
    { r: 'eventbridge' },
    [{ r: 'event' }],
  ],
  ['ends with', { f: [{ suffix: '.png' }] }, { f: 'a.png' }, [{ f: 'a.PNG' }, { f: '.png.gz' }]],
  [
    'ends with, ignoring case',
    { f: [{ suffix: { 'equals-ignore-case': '.png' } }] },
    { f: 'a.PNG' },
    [{ f: 'a.jpg' }],
  ],
  [
    'anything but',
    { s: [{ 'anything-but': 'initializing' }] },
    { s: 'running' },
    [{ s: 'initializing' }, {}],
  ],
  ['anything but a number', { x: [{ 'anything-but': 123 }] }, { x: 124 }, [{ x: 123 }]],
  ['anything but a list', { s: [{ 'anything-but': ['a', 'b'] }] }, { s: 'c' }, [{ s: 'a' }, { s: 'b' }]],
  [
    'anything but what begins with',
    { r: [{ 'anything-but': { prefix: 'us-' } }] },
    { r: 'eu-1' },
    [{ r: 'us-1' }, {}],
  ],
  [
    'anything but what ends with',
    { f: [{ 'anything-but': { suffix: ['.png', '.jpg'] } }] },
    { f: 'a.gif' },
    [{ f: 'a.jpg' }],
  ],
  [
    'anything but, ignoring case',
    { s: [{ 'anything-but': { 'equals-ignore-case': ['A', 'B'] } }] },
    { s: 'c' },
    [{ s: 'b' }],
  ],
  [
    'anything but a wildcard',
    { p: [{ 'anything-but': { wildcard: '*/lib/*' } }] },
    { p: '/src/x' },
    [{ p: '/lib/x' }],
  ],
  ['number', { price: [{ numeric: ['=', 100] }] }, { price: 100 }, [{ price: '100' }, { price: 101 }, {}]],
  ['range', { price: [{ numeric: ['>', 10, '<=', 20] }] }, { price: 20 }, [{ price: 10 }, { price: 20.5 }]],
  ['exists', { name: [{ exists: true }] }, { name: null }, [{}, { name: {} }, { name: [] }]],
  ['does not exist', { name: [{ exists: false }] }, { other: 1 }, [{ name: null }, { name: 'a' }]],
  [
    'wildcard',
    { p: [{ wildcard: 'dir/*.png' }] },
    { p: 'dir/a/b.png' },
    [{ p: 'dir/a.jpg' }, { p: 'x/dir/a.png' }],
  ],
  [
    'an escaped wildcard',
    { p: [{ wildcard: String.raw`a\*b\\c*` }] },
    { p: String.raw`a*b\c!` },
    [{ p: String.raw`axb\c!` }],
  ],
  ['IP address', { ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.0.255' }, [{ ip: '10.0.1.0' }, { ip: 'x' }]],
  [
    'IPv6 address',
    { ip: [{ cidr: '2001:db8::/32' }] },
    { ip: '2001:db8::1' },
    [{ ip: '2001:db9::1' }, { ip: '10.0.0.1' }],
  ],
  [
    'or of fields',
    { $or: [{ city: ['NY'] }, { day: ['Mon'] }] },
    { day: 'Mon' },
    [{ city: 'LA', day: 'Tue' }, {}],
  ],
  [
    'or with a field beside it',
    { a: [1], $or: [{ b: [2] }, { c: [3] }] },
    { a: 1, c: 3 },
    [{ a: 2, c: 3 }, { a: 1 }],
  ],
];

describe('an event pattern', () => {
  it.each(operators)('%s', (_, pattern, value, others) => {
    expect(matches(pattern, value)).toBe(true);
    for (const other of others) expect([other, matches(pattern, other)]).toEqual([other, false]);
  });

  it('goes into objects, of which those that are missing have no fields', () => {
    const pattern = { detail: { state: ['on'], error: [{ exists: false }] } };
    expect(matches(pattern, { detail: { state: 'on', more: 1 } })).toBe(true);
    expect(matches(pattern, { detail: { state: 'on', error: 'x' } })).toBe(false);
    expect(matches({ detail: { error: [{ exists: false }] } }, {})).toBe(true);
    expect(matches(pattern, { detail: 'on' })).toBe(false);
  });

  it('matches a list if one of its elements does, and all fields in the same element', () => {
    expect(matches({ tags: ['a'] }, { tags: ['b', 'a'] })).toBe(true);
    const pattern = { items: { id: ['1'], size: ['L'] } };
    expect(matches(pattern, { items: [{ id: '1', size: 'L' }] })).toBe(true);
    expect(
      matches(pattern, {
        items: [
          { id: '1', size: 'S' },
          { id: '2', size: 'L' },
        ],
      }),
    ).toBe(false);
  });

  it.each([
    [{}, 'a pattern must have at least one field'],
    [[], 'a pattern must be an object'],
    [{ a: 'b' }, 'a must be an object or a list of values, not "b"'],
    [{ a: [] }, 'the list of values of a is empty'],
    [{ a: [{ like: 'b' }] }, 'the operator like of a is unknown or has a wrong argument, "b"'],
    [
      { a: [{ numeric: ['>', '1'] }] },
      'the operator numeric of a is unknown or has a wrong argument, [">","1"]',
    ],
    [
      { a: [{ numeric: ['>', 1e10] }] },
      'the operator numeric of a is unknown or has a wrong argument, [">",10000000000]',
    ],
    [
      { a: [{ cidr: '10.0.0.0/40' }] },
      'the operator cidr of a is unknown or has a wrong argument, "10.0.0.0/40"',
    ],
    [
      { a: [{ 'anything-but': { like: 1 } }] },
      'the operator anything-but of a is unknown or has a wrong argument, {"like":1}',
    ],
    [{ a: [{ prefix: 'a', suffix: 'b' }] }, 'each operator of a must be an object with one key'],
    [{ $or: [{ a: [1] }] }, '$or must have at least two patterns'],
  ])('that is %j is refused', (pattern, sentence) => {
    expect(() => compilePattern(pattern)).toThrow(sentence);
  });
});
