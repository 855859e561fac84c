import { inAccount, json, stack, type Answers } from '@parallel-lambda/fake-aws';
import { describe, expect, it } from 'vitest';

import { labHere } from '../lab-here.ts';

const outputs = {
  PromisesFunctionName: 'promises-7B7F',
  PromisesQueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/queue',
};

function account(messages: number, answers: Answers = {}): Answers {
  const Attributes = {
    ApproximateNumberOfMessages: String(messages),
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '0',
  };
  return {
    DescribeStacks: () => stack(outputs),
    GetQueueAttributes: () => json({ Attributes }),
    GetMetricData: () => json({ MetricDataResults: [{ Id: 'f0_invocations', Values: [3, 4] }] }),
    ...answers,
  };
}

describe('lab status', () => {
  it('prints an array of functions with --json', async () => {
    await inAccount(account(5));
    const { code, stdout } = await labHere('status', '--json');
    expect({ code, status: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 0,
      status: [{ function: 'promises', queue: { visible: 5 }, metrics: { invocations: 7 } }],
    });
  });

  it('prints a table, and the reason for missing metrics', async () => {
    await inAccount({ ...account(5), GetMetricData: () => ({ status: 404, body: '{}' }) });
    const { code, stdout, stderr } = await labHere('status', '--once');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^promises +5 +0 +0 +- +-$/m);
    expect(stderr).toMatch(/^lab: no metrics: .+\n$/);
  });

  it('prints one line of JSON per read with --watch --json', async () => {
    await inAccount({
      ...account(0),
      DescribeStacks: () =>
        stack({ PromisesFunctionName: outputs.PromisesFunctionName, PromisesStreamName: 'orders' }),
    });
    const { stdout, stderr } = await labHere('status', '--watch', '--json');
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([[{ function: 'promises', queue: null }]]);
    expect(stderr).toMatch(/^lab: promises: streams and topics have no message count, .+\n$/);
  });
});
