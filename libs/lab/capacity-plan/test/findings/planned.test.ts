import { costOfMillionMessages, pricesOf } from '@parallel-lambda/report';
import { describe, expect, it } from 'vitest';

import { findingsOf } from '../../src/findings/findings.ts';
import { planOf } from '../../src/findings/planned.ts';
import { planPage } from '../../src/findings/plan-page.ts';
import { planTable } from '../../src/findings/plan-table.ts';
import { steadyWithPeak } from '../../src/simulation/arrivals.ts';
import type { Scenario } from '../../src/simulation/scenario.ts';
import { always, scenarioOf } from '../simulation/scenario-of.ts';

const prices = pricesOf('us-east-1');
const billing = { memoryMb: 1024, architecture: 'arm64', prices } as const;

function sentencesOf(scenario: Scenario): readonly string[] {
  const { warnings, notes } = findingsOf(planOf(scenario, billing));
  return [...warnings, ...notes];
}

describe('the cost of a month', () => {
  it('is that of its messages, of Lambda and of the queue', () => {
    const seconds = 3600;
    const scenario = scenarioOf({ rate: 100, windowSeconds: 300, service: always(500), seconds });
    const { monthly, totals } = planOf(scenario, billing);
    const millions = (100 * 730 * 3600) / 1e6;
    const perMillion = costOfMillionMessages({ billedMs: 500, messages: 10, ...billing });
    expect(monthly.compute + monthly.requests).toBeCloseTo(millions * perMillion, 3);
    // A receive and a delete for ten messages; busy pollers wait for none in vain.
    expect(totals.queueRequests).toBeCloseTo((100 * seconds * 2) / 10, -2);
    expect(monthly.queue).toBeCloseTo((totals.queueRequests * 730 * 0.4) / 1e6, 6);
  });

  it('is that of empty receives where nothing arrives: some 650,000 a month', () => {
    const { totals, monthly } = planOf(scenarioOf({ rate: 0, seconds: 3600 }), billing);
    expect(totals.queueRequests * 730).toBeCloseTo(657_000, 0);
    expect(monthly).toMatchObject({ compute: 0, requests: 0 });
  });
});

describe('what a plan says', () => {
  it('is how near the nearest quota is, where none is hit', () => {
    const scenario = scenarioOf({
      rate: 50,
      windowSeconds: 300,
      accountConcurrency: 10,
      service: always(400),
    });
    expect(sentencesOf(scenario)).toEqual([
      "No quota is hit. The nearest is the account's concurrency of 10: 20 %.",
    ]);
  });

  it('is which is hit first, since when, how long, and what to change', () => {
    const arrivals = steadyWithPeak({ rate: 1, peak: 1000, peakSeconds: 60, seconds: 3600 });
    const [first, growth] = sentencesOf(
      scenarioOf({ arrivals, seconds: 3600, accountConcurrency: 20, service: always(1000) }),
    );
    expect(first).toMatch(
      /^Hit first: the account's concurrency of 20, at 00:30:0\d, and in .* min altogether\. Ask AWS/,
    );
    expect(growth).toContain(
      'pollers grow by 300 a minute, and messages waited for that for 3.00 s altogether',
    );
  });

  it('is that it does not keep up, and what would', () => {
    const sentences = sentencesOf(
      scenarioOf({ rate: 100, maximumConcurrency: 4, service: always(500), seconds: 1000 }),
    );
    expect(sentences).toContainEqual(
      'It does not keep up: 20,000 messages wait at the end and become more. At the highest rate, full batches need 5.0 at a time.',
    );
  });

  it('is what is given up and lost', () => {
    const arrivals = (second: number): number => (second === 0 ? 2000 : 0);
    const scenario = scenarioOf({
      arrivals,
      failureRate: 1,
      maxReceiveCount: 1,
      maximumConcurrency: 2,
      retentionSeconds: 60,
      service: always(1000),
    });
    const sentences = sentencesOf(scenario).join('\n');
    expect(sentences).toContain('1,220 messages become dead letters, after 1 receives.');
    expect(sentences).toContain('780 messages are lost: they waited for longer than the queue keeps them.');
  });
});

describe('a plan', () => {
  const arrivals = steadyWithPeak({ rate: 10, peak: 1000, peakSeconds: 60, seconds: 3600 });
  const plan = planOf(scenarioOf({ arrivals, seconds: 3600, service: always(1000, 200) }), billing);

  it('is a table of no more than 100 columns', () => {
    const lines = planTable(plan).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines.join('\n')).toContain('time per message, p50 / p99');
  });

  it('is a page with four pictures, for a desk and a phone, that needs nothing else', () => {
    const page = planPage(plan, [['A batch', 'as <given>']]);
    expect(page.match(/<svg /g)).toHaveLength(8);
    expect(page).toContain('as &lt;given&gt;');
    expect(page).not.toMatch(/<script|(?:src|href)="(?!data:)/);
    expect(page.length).toBeLessThan(1_000_000);
  });
});
