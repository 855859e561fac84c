import { expect, it } from 'vitest';

import { statusNotes, statusTable } from '../../src/status/status-table.ts';

it('the table has a dash for unknown values, and at most 80 columns', () => {
  const table = statusTable(
    {
      functions: [
        {
          function: 'promises',
          hasSource: true,
          queue: { visible: 12_000_000, inFlight: 120_000, delayed: 0 },
          deadLetters: 1_000_000,
          parked: 100_000,
          metrics: {
            invocations: 4_000_000,
            errors: 123_456,
            throttles: 0,
            meanDurationMs: 212.4,
            maxDurationMs: 1250,
            iteratorAgeMs: 2500,
          },
        },
        {
          function: 'worker-threads',
          hasSource: true,
          queue: null,
          deadLetters: 0,
          parked: null,
          metrics: null,
        },
      ],
    },
    1440,
    80,
  );
  expect(table.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(table).toMatch(/^worker-threads +- +- +- +0 +-$/m);
  expect(table).toMatch(/^promises +4000000 +123456 +0 +212 ms +1.25 s +2.50 s$/m);
});

it('only functions with a stream or topic are named as without a message count', () => {
  const without = { queue: null, deadLetters: null, parked: null, metrics: null };
  const functions = [
    { ...without, function: 'clicks', hasSource: true },
    { ...without, function: 'api', hasSource: false },
  ];
  expect(statusNotes({ functions })).toEqual([expect.stringMatching(/^clicks: streams and topics/)]);
});
