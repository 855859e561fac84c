import type { SeriesFigures } from '@parallel-lambda/report';
import { describe, expect, it } from 'vitest';

import { refuseTooSmall } from '../../src/tune/tune.ts';
import { seriesOf } from '../answers.ts';

function found(variant: string, parts: Partial<SeriesFigures> = {}): SeriesFigures {
  const failures = { invocations: 0, messages: 0 };
  return { series: seriesOf(variant), durationsMs: [], costs: [], failures, ...parts };
}

const duration = { median: 5, low: 4, high: 6, samples: 3 };
const measured = found('measured', { duration });
const timedOut = found('spins', {
  failures: { invocations: 1, messages: 0, why: 'Sandbox.Timedout: Task timed out after 60.00 seconds' },
});

describe('a budget too small to advise by', () => {
  it('is refused while settings are missing, and it is said how many', () => {
    expect(() => {
      refuseTooSmall([measured, found('missing')], 20);
    }).toThrow(/^--budget 20 is too short: 1 of the 2 settings .* were not measured\. Use a longer --budget/);
  });

  it('is reported together with failures, which may have taken the time', () => {
    expect(() => {
      refuseTooSmall([timedOut, found('missing'), found('missing too')], 20);
    }).toThrow(
      /2 of the 3 settings .* not measured, and 1 failed \(spins: Sandbox\.Timedout: Task timed out after 60\.00 seconds\)/,
    );
  });

  it('is not blamed if all settings were tried and failed', () => {
    expect(() => {
      refuseTooSmall([measured, timedOut], 20);
    }).not.toThrow();
  });
});
