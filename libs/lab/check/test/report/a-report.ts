import { checkIds } from '../../src/checks/check-ids.ts';
import type { FullReport } from '../../src/report/finding.ts';

/** A report with a failure, an unknown result, and a setting of the stack that does not fit. */
export const aReport = {
  function: 'orders',
  handler: 'index.handler',
  source: 'sqs',
  results: checkIds.map((id) => ({
    id,
    result: id === 'lost' ? 'no' : id === 'memory' ? 'unknown' : 'yes',
    sent: '10 messages',
    seen: id === 'lost' ? 'no message was reported <&"\u0007|' : 'as expected',
    how: 'by failing two of them',
  })),
  mapping: [
    {
      id: 'mapping-dead-letters',
      severity: 'warning',
      title: 'Queue has no dead-letter queue',
      seen: 'no RedrivePolicy',
      cost: 'A message that always fails is processed until its retention ends.',
      fix: 'Add a RedrivePolicy.',
    },
  ],
} as const satisfies FullReport;
