import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { folderAsAssembly } from '../src/local-functions.ts';

const fixtures = path.resolve(import.meta.dirname, 'fixtures');

describe('a folder as an assembly', () => {
  it('has one function, named after the folder', () => {
    const { functions } = folderAsAssembly(fixtures, 'echo.handler');
    expect(functions.map(({ name, handler }) => [name, handler])).toEqual([['fixtures', 'echo.handler']]);
  });

  it('is refused without the file of the handler', () => {
    expect(() => folderAsAssembly(fixtures, 'nothing.handler')).toThrow(
      `There is no nothing.js, .mjs or .cjs in ${fixtures} for the handler nothing.handler`,
    );
  });
});
