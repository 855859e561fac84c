import { describe, expect, it } from 'vitest';

import { parseMemorySizes } from '../../src/options.ts';

describe('memory sizes', () => {
  it('are whole numbers of MB, separated by commas', () => {
    expect(parseMemorySizes('128,1769,10240')).toEqual([128, 1769, 10_240]);
  });

  it.each([
    '',
    '127',
    '10241',
    '512,',
    '512,1e3',
    '512 1769',
    Array.from({ length: 21 }, () => '512').join(),
  ])('are not "%s"', (text) => {
    expect(() => parseMemorySizes(text)).toThrow(
      'It must be up to 20 whole numbers from 128 to 10240, separated by commas.',
    );
  });
});
