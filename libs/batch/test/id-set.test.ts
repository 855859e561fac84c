import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { IdSet } from '../src/id-set.ts';

describe('the identifiers of a batch', () => {
  it('tells what a Set tells, of any texts', () => {
    const ids = fc.array(fc.oneof(fc.string(), fc.constantFrom('', 'a', 'aa', 'b', '__proto__')), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(ids, (texts) => {
        const seen = new Set<string>();
        const set = new IdSet(texts.length);
        const told = texts.map((text) => set.add(text));
        expect(told).toEqual(texts.map((text) => seen.size !== seen.add(text).size));
      }),
    );
  });

  it('takes as many as were announced, each twice', () => {
    const set = new IdSet(10_000);
    const ids = Array.from({ length: 10_000 }, (_, index) => `id-${index}`);
    expect(ids.every((id) => set.add(id))).toBe(true);
    expect(ids.some((id) => set.add(id))).toBe(false);
  });
});
