import { inAccount, json, outputs, stack } from '@parallel-lambda/fake-aws';
import { describe, expect, it } from 'vitest';

import { labHere } from '../lab-here.ts';

const DescribeStacks = () => stack(outputs);

describe('lab send', () => {
  it('prints how many messages were sent, and the progress on stderr', async () => {
    const bodies: unknown[] = [];
    await inAccount({
      DescribeStacks,
      SendMessageBatch: ({ Entries }) => {
        bodies.push(...(Entries as { MessageBody: string }[]).map(({ MessageBody }) => MessageBody));
        return json({});
      },
    });
    const { code, stdout, stderr } = await labHere(
      ...['send', 'promises', '--messages', '25', '--body', '{"hash": 7}'],
    );
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `25 of 25 messages sent to ${outputs.PromisesQueueUrl}\n`,
    });
    expect(stderr.split('\n')[0]).toMatch(/^(5|10) of 25 messages sent$/);
    expect(bodies).toEqual(Array.from({ length: 25 }, () => '{"hash":7}'));
  });

  it('exits with 1 if messages are rejected, and prints the reason once', async () => {
    const rejected = { SenderFault: true, Code: 'InvalidMessageContents', Message: 'no' };
    const Failed = ['1', '2'].map((Id) => ({ Id, ...rejected }));
    await inAccount({ DescribeStacks, SendMessageBatch: () => json({ Failed }) });
    const { code, stdout, stderr } = await labHere('send', 'promises', '--messages', '5');
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `3 of 5 messages sent to ${outputs.PromisesQueueUrl}\n`,
    });
    expect(stderr).toContain('lab: 2 rejected: InvalidMessageContents (no)\n');
    expect(stderr.match(/rejected/g)).toHaveLength(1);
  });

  it('prints one JSON object with --json', async () => {
    await inAccount({ DescribeStacks, SendMessageBatch: () => json({}) });
    const { stdout } = await labHere('send', 'promises', '--messages', '2', '--json');
    expect(JSON.parse(stdout)).toEqual({
      function: 'promises',
      to: outputs.PromisesQueueUrl,
      sent: 2,
      rejected: [],
    });
  });
});
