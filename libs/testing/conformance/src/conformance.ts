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
import type { MakeTechnique } from './make-technique.ts';

const behaviours = {
  outcomes,
  bounded,
  lanes,
  deadline,
  isolation,
  messages,
  records,
  checkedWork,
  streams,
  everySource,
  anyBatch,
  anyDeadline,
  handler,
};

/** What the contract leaves to a technique. */
export interface Particulars {
  /**
   * Whether it works in threads: a batch waits until those are free that work on the batch before it, and what is given
   * up costs a thread, so that properties are tried on fewer batches.
   * @default false
   */
  readonly threads?: boolean;
}

/**
 * Declares the tests that every technique passes: the contract of docs/architecture.md.
 *
 * @example
 * conformance('promise workers', ({ workers }) => promiseWorkers({ work, workers }));
 *
 * @param name the technique's, as the test report shows it
 * @param makeTechnique makes the technique, after the witness was made
 */
export function conformance(name: string, makeTechnique: MakeTechnique, particulars: Particulars = {}): void {
  const owed = particulars.threads ? behaviours : { ...behaviours, sideBySide };
  describe(name, () => {
    for (const [title, declare] of Object.entries(owed)) {
      describe(title, () => {
        declare(makeTechnique, particulars);
      });
    }
  });
}
