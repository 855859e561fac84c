import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { InvocationResult } from '@parallel-lambda/local-lambda';
import { describe, expect, it } from 'vitest';

import { describeFunctions } from './describe-functions.ts';
import { messages } from './messages.ts';
import { shared } from './shared.ts';
import { sqsEvent } from './sqs-event.ts';

const template = readFileSync(
  path.resolve(import.meta.dirname, '../../../infra/cdk.out/ParallelLambda.template.json'),
  'utf8',
);

/** Metrics of the functions on the dashboard. */
const asked = [...template.matchAll(/\\"ParallelLambda\\",\\"(\w+)\\",\\"FunctionName\\"/g)].map(
  ([, name]) => name,
);

/** The entries of a log that CloudWatch makes metrics of. */
function metricsOf({ log }: InvocationResult): readonly Record<string, unknown>[] {
  const entries = log.split('\n').filter((entry) => entry.startsWith('{"_aws"'));
  return entries.map((entry) => JSON.parse(entry) as Record<string, unknown>);
}

describeFunctions((definition) => {
  describe.each(['JSON', 'Text'] as const)('metrics for CloudWatch in a log of %s', (logFormat) => {
    const local = shared({ ...definition, logFormat });

    it('are one log entry with the outcomes of the messages', async () => {
      const result = await local().invoke(sqsEvent(messages([], { fail: true }, { wait: 5 }, [])));
      expect(metricsOf(result)).toEqual([
        expect.objectContaining({
          FunctionName: definition.name,
          MessagesSucceeded: 3,
          MessagesFailed: 1,
          MessagesUnfinished: 0,
          BatchSize: 4,
          DurationPerMessage: expect.any(Number) as unknown,
          requestId: result.requestId,
        }),
      ]);
    });

    it('is all that the dashboard asks for', async () => {
      expect(asked.length).toBeGreaterThan(0);
      const [metrics] = metricsOf(await local().invoke(sqsEvent(messages([]))));
      // Written only if a message was delayed.
      const always = asked.filter((name) => name !== 'MessagesDelayed');
      for (const name of always) expect(metrics).toHaveProperty(String(name));
    });
  });

  describe('without metrics', () => {
    const local = shared(definition, { environment: { METRICS: 'off' } });

    it('nothing is logged', async () => {
      expect(metricsOf(await local().invoke(sqsEvent(messages([]))))).toEqual([]);
    });
  });
});
