import { stripVTControlCharacters } from 'node:util';

import { costOfMillionMessages, pricesOf } from '@parallel-lambda/report';
import { describe, expect, it } from 'vitest';

import { planScenario } from '../../src/plan.ts';
import { findingsOf } from '../../src/report/findings.ts';
import { planPage } from '../../src/report/plan-page.ts';
import { planText } from '../../src/report/plan-text.ts';
import { rateWithPeak } from '../../src/simulation/arrivals.ts';
import type { Scenario } from '../../src/simulation/scenario.ts';
import { always, scenarioOf } from '../simulation/scenario-of.ts';

const prices = pricesOf('us-east-1');
const billing = { memoryMb: 1024, architecture: 'arm64', prices, managed: {} } as const;

function sentencesOf(scenario: Scenario): readonly string[] {
  const { warnings, notes } = findingsOf(planScenario(scenario, billing));
  return [...warnings, ...notes];
}

describe('the cost of a month', () => {
  it('is that of its messages, of Lambda and of the queue', () => {
    const seconds = 3600;
    const scenario = scenarioOf({ rate: 100, windowSeconds: 300, service: always(500), seconds });
    const { monthly, totals } = planScenario(scenario, billing);
    const millions = (100 * 730 * 3600) / 1e6;
    const perMillion = costOfMillionMessages({ billedMs: 500, messages: 10, ...billing });
    expect(monthly.compute + monthly.requests).toBeCloseTo(millions * perMillion, 3);
    // A receive and a delete for ten messages; busy pollers wait for none in vain.
    expect(totals.queueRequests).toBeCloseTo((100 * seconds * 2) / 10, -2);
    expect(monthly.queue).toBeCloseTo((totals.queueRequests * 730 * 0.4) / 1e6, 6);
  });

  it('is the cost of empty receives without arrivals: about 650,000 per month', () => {
    const { totals, monthly } = planScenario(scenarioOf({ rate: 0, seconds: 3600 }), billing);
    expect(totals.queueRequests * 730).toBeCloseTo(657_000, 0);
    expect(monthly).toMatchObject({ compute: 0, requests: 0 });
  });
});

describe('the findings of a plan', () => {
  it('name the nearest quota, and its use, if no quota is reached', () => {
    const scenario = scenarioOf({
      rate: 50,
      windowSeconds: 300,
      accountConcurrency: 10,
      service: always(400),
    });
    expect(sentencesOf(scenario)).toEqual([
      "No quota is reached. The nearest is the account's concurrency of 10: 20% used.",
    ]);
  });

  it('name the limit that is reached first, when, how long, and what to change', () => {
    const arrivals = rateWithPeak({ rate: 1, peak: 1000, peakSeconds: 60, seconds: 3600 });
    const [first, growth] = sentencesOf(
      scenarioOf({ arrivals, seconds: 3600, accountConcurrency: 20, service: always(1000) }),
    );
    expect(first).toMatch(
      /^Limited by the account's concurrency of 20: first at 00:30:0\d, for .* min in total\. Request/,
    );
    expect(growth).toContain(
      'adds 300 pollers per minute. Messages waited for more pollers for 3.00 s in total',
    );
  });

  it('say that the function does not keep up, and the concurrency that it needs', () => {
    const sentences = sentencesOf(
      scenarioOf({ rate: 100, maximumConcurrency: 4, service: always(500), seconds: 1000 }),
    );
    expect(sentences).toContainEqual(
      'The function does not keep up: 20,000 messages wait at the end, and the backlog grows. ' +
        'At the highest rate, full batches need a concurrency of 5.',
    );
  });

  it('count dead letters and lost messages', () => {
    const arrivals = (second: number): number => (second === 0 ? 2000 : 0);
    const scenario = scenarioOf({
      arrivals,
      failureRate: 1,
      maxReceiveCount: 1,
      maximumConcurrency: 2,
      retentionSeconds: 60,
      service: always(1000),
    });
    const sentences = sentencesOf(scenario);
    expect(sentences).toContain('Dead letters: 1,220, after 1 receive each.');
    expect(sentences).toContain('Lost: 780 messages, which waited longer than the retention period.');
  });
});

describe('a plan with a list that has only the prices of Lambda', () => {
  const lambdaOnly = { ...billing, prices: pricesOf('eu-central-1') };
  const scenario = scenarioOf({ rate: 100, windowSeconds: 300, service: always(500), seconds: 3600 });

  it('omits the cost of the queue with a note', () => {
    const plan = { ...planScenario(scenario, lambdaOnly), basis: 'as given', region: 'eu-central-1' };
    expect(plan.monthly).not.toHaveProperty('queue');
    expect(planText(plan)).toMatch(/cost per month +\$\S+ without SQS: \$\S+ compute, \$\S+ requests\n/);
    expect(planText(plan)).toContain(
      'The prices of this region do not have millionQueueRequests and vcpuHour, so the plan leaves out SQS and Managed Instances. ' +
        'Pass a file that has them: --prices FILE.',
    );
    expect(plan).not.toHaveProperty('managed');
  });

  it('leaves out provisioned pollers too', () => {
    const provisioned = { ...scenario, provisionedPollers: { minimum: 2, maximum: 20 } };
    const plan = { ...planScenario(provisioned, lambdaOnly), basis: 'as given', region: 'eu-central-1' };
    expect(planText(plan)).toMatch(/\$\S+ without SQS and pollers: /);
  });
});

describe('the figures of a plan', () => {
  it('count environments and cold starts in whole numbers, and one message as one', () => {
    const hour = scenarioOf({
      rate: 0.5,
      service: always(90_000),
      visibilityTimeoutSeconds: 600,
      seconds: 3600,
    });
    const plan = { ...planScenario(hour, billing), basis: 'as given', region: 'us-east-1' };
    const text = planText(plan, 200).replaceAll(/\n {4,}/g, ' ');
    expect(text).toMatch(/^cold starts +\d+$/m);
    expect(text).toMatch(/up to \d+ environments; cheaper from less than 1 message per second$/m);
    expect(text).toContain("the account's concurrency of 1,000: ");
  });
});

describe('a plan', () => {
  const arrivals = rateWithPeak({ rate: 10, peak: 1000, peakSeconds: 60, seconds: 3600 });
  const scenario = scenarioOf({ arrivals, seconds: 3600, service: always(1000, 200) });
  const plan = { ...planScenario(scenario, billing), basis: 'as <given>', region: 'us-east-1' };

  it('is text of at most 80 columns', () => {
    const lines = stripVTControlCharacters(planText(plan, 80)).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.join('\n')).toContain('time per message, p50 / p99');
  });

  it('keeps each sentence on one line where the output has no width, as in a pipe', () => {
    const { warnings, notes } = findingsOf(plan);
    const lines = planText(plan).split('\n');
    expect(lines).toEqual(expect.arrayContaining(notes.map((note) => `- ${note}`)));
    expect(warnings).toEqual([]);
  });

  it('is a self-contained page with five pictures, for wide and narrow screens', () => {
    const page = planPage(plan);
    expect(page.match(/<svg /g)).toHaveLength(10);
    expect(page).toContain('as &lt;given&gt;');
    expect(page).not.toMatch(/<script|(?:src|href)="(?!data:)/);
    expect(page.length).toBeLessThan(1_000_000);
  });
});
