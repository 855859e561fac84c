import { expect, it } from 'vitest';

import { parsePresent } from '../../src/tune/parse-present.ts';

it('reads a memory size and a batch size', () => {
  expect(parsePresent('memory=512,batch=10')).toEqual({ memory: 512, batch: 10 });
  expect(parsePresent('memory=512')).toEqual({ memory: 512, batch: undefined });
});

it.each(['512', 'memory=', 'memory=64', 'batch=10', 'memory=512,workers=1', 'memory=512,batch=0'])(
  'refuses %s',
  (text) => {
    expect(() => parsePresent(text)).toThrow(/^It must be memory=MB,batch=N with a memory size from 128/);
  },
);
