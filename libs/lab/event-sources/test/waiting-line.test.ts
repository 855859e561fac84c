import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { WaitingLine } from '../src/waiting-line.ts';
import { seeded } from './seeded.ts';

type Step = { readonly add: number } | { readonly take: number } | { readonly putBack: number };

it('is as an array is, whatever is added, taken and put back', () => {
  const count = fc.integer({ min: 0, max: 2_000 });
  const steps: fc.Arbitrary<Step>[] = [
    fc.record({ add: count }),
    fc.record({ take: count }),
    fc.record({ putBack: count }),
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(...steps)), (script) => {
      const line = new WaitingLine<number>();
      const model: number[] = [];
      let taken: number[] = [];
      let added = 0;
      for (const step of script) {
        if ('add' in step) {
          for (let left = step.add; left > 0; left -= 1) {
            line.add(added);
            model.push(added);
            added += 1;
          }
        } else if ('take' in step) {
          taken = Array.from({ length: Math.min(step.take, model.length) }, () => line.take() ?? NaN);
          expect(taken).toEqual(model.splice(0, taken.length));
        } else {
          const returned = [...taken, ...Array.from({ length: step.putBack }, (_, index) => -index)];
          line.putBack(returned);
          model.unshift(...returned);
          taken = [];
        }
        expect(line.length).toBe(model.length);
        expect(line.first).toBe(model[0]);
      }
    }),
    seeded,
  );
});

it('returns nothing when it is empty', () => {
  expect(new WaitingLine<number>().take()).toBeUndefined();
});
