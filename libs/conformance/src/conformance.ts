import { describe } from 'vitest';

import { anyBatch } from './behaviours/any-batch.ts';
import { bounded } from './behaviours/bounded.ts';
import { deadline } from './behaviours/deadline.ts';
import { handler } from './behaviours/handler.ts';
import { isolation } from './behaviours/isolation.ts';
import { lanes } from './behaviours/lanes.ts';
import { messages } from './behaviours/messages.ts';
import { outcomes } from './behaviours/outcomes.ts';
import type { MakeTechnique } from './make-technique.ts';

const behaviours = { outcomes, bounded, lanes, deadline, isolation, messages, anyBatch, handler };

/**
 * Declares the tests that every technique passes: the contract of docs/architecture.md.
 *
 * @example
 * conformance('promise workers', ({ workers }) => promiseWorkers({ work, workers }));
 *
 * @param name the technique's, as the test report shows it
 * @param makeTechnique makes the technique; called once a test, after its witness was made
 */
export function conformance(name: string, makeTechnique: MakeTechnique): void {
  describe(name, () => {
    for (const [title, declare] of Object.entries(behaviours)) {
      describe(title, () => {
        declare(makeTechnique);
      });
    }
  });
}
