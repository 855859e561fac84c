import { describe, expect, it } from 'vitest';

import { billedRequests } from '../../src/simulation/queue-requests.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { always, scenarioOf } from './scenario-of.ts';

describe('provisioned pollers', () => {
  const provisionedPollers = { minimum: 2, maximum: 20 };

  it('start with ten batches each, add 1,000 per minute, and stop at their maximum', () => {
    const { series, limits } = simulate(
      scenarioOf({
        rate: 100_000,
        service: always(1000),
        accountConcurrency: 5000,
        provisionedPollers: { minimum: 2, maximum: 500 },
        messageBytes: 1,
      }),
    );
    // Each poller receives at most 100 messages a second, so 10 full batches.
    expect(series.concurrency[0]).toBeCloseTo(20, 6);
    expect(series.concurrency[60]).toBeCloseTo(20 + 1000, -1);
    expect(series.concurrency.at(-1)).toBeCloseTo(5000, 6);
    expect([...limits.keys()]).toContain('growth');
  });

  it.each([
    ['100 messages per second', 1000, 100],
    ['1 MB per second', 50_000, 20],
  ])('receive up to %s each', (_, messageBytes, perPoller) => {
    const { series, limits } = simulate(
      scenarioOf({ rate: 3000, service: always(100), provisionedPollers, messageBytes, seconds: 1000 }),
    );
    const capacity = 20 * perPoller;
    expect(series.processed.at(-1)).toBeCloseTo(capacity, 3);
    expect([...limits.keys()]).toContain('poller-throughput');
  });

  it('are billed per second, at the minimum without arrivals', () => {
    const { totals } = simulate(scenarioOf({ rate: 0, provisionedPollers, seconds: 3600 }));
    expect(totals.pollerSeconds).toBe(2 * 3600);
    // Each polls once in 20 seconds.
    expect(totals.queueRequests).toBeCloseTo((2 * 3600) / 20, 6);
  });
});

describe('the billed requests of a batch', () => {
  it.each([
    [10, 1000, 1 + 1],
    [100, 1000, 10 + 10],
    [10, 65_536, 10 + 1],
    [10, 65_537, 11 + 1],
    [10, 262_144, 4 + 4 + 4 + 4 + 4 + 4 + 4 + 4 + 4 + 4 + 1],
    [10, 1_048_576, 160 + 1],
    [0.5, 1000, 1 + 1],
  ])(
    'of %d messages of %d bytes are %d: one for each 64 KiB received, and the deletes',
    (messages, bytes, requests) => {
      expect(billedRequests(messages, bytes)).toBe(requests);
    },
  );
});
