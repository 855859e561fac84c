import { describe, expect, it } from 'vitest';

import { decimal, json, number } from '../src/index.ts';

describe('a whole number', () => {
  const { parse } = number('N', '', [3, 5]);

  it.each(['3', '5', '05'])('within its range is taken: %s', (text) => {
    expect(parse(text)).toBe(Number(text));
  });

  it.each(['2', '6', '4.0', '+4', '0x4', '', 'four'])('is not "%s", from 3 to 5', (text) => {
    expect(() => parse(text)).toThrow('It must be a whole number from 3 to 5.');
  });
});

describe('a number with a fraction', () => {
  const { parse } = decimal('N', '', [0.5, 5]);

  it.each(['0.5', '3', '4.99'])('within its range is taken: %s', (text) => {
    expect(parse(text)).toBe(Number(text));
  });

  it.each(['0.4', '5.1', '.5', '1e0', ''])('is not "%s", from 0.5 to 5', (text) => {
    expect(() => parse(text)).toThrow('It must be a number from 0.5 to 5.');
  });
});

describe('JSON', () => {
  it.each(['null', ' {"hash": 7}', '""'])('stays the text that it is: %s', (text) => {
    expect(json(text)).toBe(text);
  });
});
