import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { ownFunction } from '../../src/tune/own-function.ts';

const fixtures = path.resolve(import.meta.dirname, '../fixtures');

describe('a function of your own', () => {
  it('is the only one of its assembly, named after its folder', () => {
    const { functions } = ownFunction(fixtures, 'echo.handler');
    expect(functions.map(({ name, handler }) => [name, handler])).toEqual([['fixtures', 'echo.handler']]);
  });

  it('is refused where there is no such file', () => {
    expect(() => ownFunction(fixtures, 'nothing.handler')).toThrow(
      `There is no nothing.js, .mjs or .cjs in ${fixtures} for the handler nothing.handler`,
    );
  });
});
