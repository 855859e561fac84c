import { expect, it } from 'vitest';

import { adaptive, InvalidOptionError } from '../../src/index.ts';

it('has a range from 1 to 512 by default', () => {
  expect(adaptive()).toMatchObject({ min: 1, max: 512 });
});

it.each([
  [{ min: 5, max: 4 }, 'min of adaptive (5) must be at most max (4).'],
  [{ min: 600 }, 'min of adaptive (600) must be at most max (512).'],
  [{ min: 0 }, 'min of adaptive must be a whole number from 1 to 10000, not 0.'],
  [{ max: 1.5 }, 'max of adaptive must be a whole number from 1 to 10000, not 1.5.'],
  [{ max: NaN }, 'max of adaptive must be a whole number from 1 to 10000, not NaN.'],
  [{ maxi: 5 } as never, "Unknown option 'maxi' of adaptive. Did you mean max?"],
])('refuses a wrong option immediately: %o', (options, message) => {
  expect(() => adaptive(options)).toThrow(InvalidOptionError);
  expect(() => adaptive(options)).toThrow(message);
});
