import { expect, it } from 'vitest';

import { parseVaried } from '../../src/tune/parse-varied.ts';

it('reads the values of variables, each once', () => {
  const workers = parseVaried('WORKERS=1,2,2,4');
  expect(parseVaried('MODE=fast,safe', workers)).toEqual({
    WORKERS: ['1', '2', '4'],
    MODE: ['fast', 'safe'],
  });
});

it.each([
  'WORKERS',
  'WORKERS=',
  '1=2',
  'WORKERS=1,,2',
  `N=${Array.from({ length: 21 }, (_, n) => n).join(',')}`,
])('refuses %s', (text) => {
  expect(() => parseVaried(text)).toThrow(/^It must be NAME=VALUE,VALUE,/);
});
