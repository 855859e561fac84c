import { describe } from 'vitest';

import { anyBatch } from './behaviours/any-batch.ts';
import { anyDeadline } from './behaviours/any-deadline.ts';
import { bounded } from './behaviours/bounded.ts';
import { checkedWork } from './behaviours/checked-work.ts';
import { deadline } from './behaviours/deadline.ts';
import { everySource } from './behaviours/every-source.ts';
import { handler } from './behaviours/handler.ts';
import { isolation } from './behaviours/isolation.ts';
import { lanes } from './behaviours/lanes.ts';
import { messages } from './behaviours/messages.ts';
import { outcomes } from './behaviours/outcomes.ts';
import { records } from './behaviours/records.ts';
import { sideBySide } from './behaviours/side-by-side.ts';
import { streams } from './behaviours/streams.ts';
import { wrappedWork } from './behaviours/wrapped-work.ts';
import type { ConformanceOptions, MakeTechnique } from './setup/fixture.ts';

const behaviours = {
  outcomes,
  bounded,
  lanes,
  deadline,
  isolation,
  messages,
  records,
  checkedWork,
  wrappedWork,
  streams,
  everySource,
  anyBatch,
  anyDeadline,
  handler,
};

/**
 * Declares the tests that every technique must pass: the contract of docs/contract.md.
 *
 * @example
 * conformance('promise workers', ({ workers }) => promiseWorkers({ work, workers }));
 *
 * @param name the technique's name in the test report
 * @param makeTechnique creates the technique; the suite calls it after it has created the recorder
 */
export function conformance(
  name: string,
  makeTechnique: MakeTechnique,
  options: ConformanceOptions = {},
): void {
  const required = options.threads ? behaviours : { ...behaviours, sideBySide };
  describe(name, () => {
    for (const [title, declare] of Object.entries(required)) {
      if (title === 'records' && options.holdsBack) continue;
      describe(title, () => {
        declare(makeTechnique, options);
      });
    }
  });
}
