import type { SeriesFigures } from '@parallel-lambda/report';
import { describe, expect, it } from 'vitest';

import { refuseTooSmall } from '../../src/tune/refuse-too-small.ts';
import { seriesOf } from '../answers.ts';

const options = { budget: 20, json: 'tune.json' };

function found(way: string, parts: Partial<SeriesFigures> = {}): SeriesFigures {
  const failures = { invocations: 0, messages: 0 };
  return { series: seriesOf(way), durationsMs: [], costs: [], failures, ...parts };
}

const duration = { median: 5, low: 4, high: 6, samples: 3 };
const measured = found('measured', { duration });
const timedOut = found('spins', {
  failures: { invocations: 1, messages: 0, why: 'Sandbox.Timedout: Task timed out after 60.00 seconds' },
});

describe('a budget too small to advise by', () => {
  it('is refused while settings are missing, and it is said how many', () => {
    expect(() => {
      refuseTooSmall([measured, found('missing')], options);
    }).toThrow(/^20 s are too few to advise by: 1 of the 2 settings .* were not measured\. Give it more/);
  });

  it('is told together with what failed, since that may be what took the time', () => {
    expect(() => {
      refuseTooSmall([timedOut, found('missing'), found('missing too')], options);
    }).toThrow(
      /2 of the 3 settings .* not measured, and 1 failed \(spins: Sandbox\.Timedout: Task timed out after 60\.00 seconds\)/,
    );
  });

  it('is not what is wrong where all settings were tried and failed', () => {
    expect(() => {
      refuseTooSmall([measured, timedOut], options);
    }).not.toThrow();
  });
});
