import fc from 'fast-check';
import { expect, test } from 'vitest';

import { InvalidStepError, parseSteps } from '../src/index.ts';
import { stepKinds } from '../src/steps/index.ts';

const runs = { seed: 20261123, numRuns: 2000 };

/** Objects that are nearly steps: known and unknown keys, arguments at and around the borders. */
const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...stepKinds.map((kind) => kind.name)) },
  fc.constantFrom('__proto__', 'constructor'),
  fc.string(),
);
const argument = fc.oneof(fc.integer({ min: -1, max: 21 }), fc.webUrl(), fc.constant(true), fc.jsonValue());
const nearlyStep = fc.dictionary(name, argument, { minKeys: 1, maxKeys: 2 });
const text = fc.oneof(
  fc.string(),
  fc.json(),
  nearlyStep.map((step) => JSON.stringify(step)),
  fc.array(nearlyStep, { maxLength: 4 }).map((steps) => JSON.stringify(steps)),
);

test('whatever the text, it is steps that their kind accepts, or an InvalidStepError', () => {
  let accepted = 0;
  fc.assert(
    fc.property(text, (candidate) => {
      try {
        const steps = parseSteps(candidate);
        if (steps.length > 0) accepted++;
        for (const { kind, argument } of steps) {
          expect(stepKinds).toContain(kind);
          expect(kind.accepts(argument)).toBe(true);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidStepError);
        expect((error as Error).message.length).toBeLessThan(500);
      }
    }),
    runs,
  );
  expect(accepted).toBeGreaterThan(50);
});

test('parsing returns the steps that were formatted', () => {
  const step = fc.oneof(
    fc.record({ wait: fc.integer({ min: 0, max: 900_000 }) }),
    fc.record({ hash: fc.integer({ min: 4, max: 15 }) }),
    fc.record({ scrypt: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ fail: fc.oneof(fc.constant(true), fc.integer({ min: 1, max: 1000 })) }),
    fc.record({ exit: fc.integer({ min: 0, max: 255 }) }),
    fc.constantFrom({ hang: true }, { spin: true }),
  );
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const read = parseSteps(JSON.stringify(steps)).map(({ kind, argument }) => ({ [kind.name]: argument }));
      expect(read).toEqual(steps);
    }),
    runs,
  );
});
