import { describe, expect, it } from 'vitest';

import { decimal, json, number, text } from '../src/index.ts';

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

describe('the last argument of an option', () => {
  it('is its default if the default is a number', () => {
    expect(number('N', '', [3, 5], 4)).toMatchObject({ default: 4 });
    expect(decimal('N', '', [0.5, 5], 0.5)).toMatchObject({ default: 0.5 });
  });

  it('shows its default in the help, if that is a text', () => {
    expect(number('N', '', [3, 5], 'as measured')).toMatchObject({ defaultText: 'as measured' });
    expect(text('N', '', 'as measured')).toMatchObject({ defaultText: 'as measured' });
  });

  it('has more, if it is an object', () => {
    const more = { default: 4, conflicts: ['other'] } as const;
    expect(number('N', '', [3, 5], more)).toMatchObject(more);
    expect(text('N', '', more)).toMatchObject(more);
  });
});

describe('JSON', () => {
  it.each(['null', ' {"hash": 7}', '""'])('stays the text that it is: %s', (text) => {
    expect(json(text)).toBe(text);
  });
});
