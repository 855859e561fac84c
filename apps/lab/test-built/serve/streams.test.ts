import { noAccount } from '@parallel-lambda/fake-aws';
import { describe, expect, it } from 'vitest';

import { runLab } from '../../test/run-lab.ts';
import { HoldingServer } from '../holding-server.ts';
import { runtimeUnderTest } from '../runtime-under-test.ts';
import { ServedStack } from './served-stack.ts';
import { streamAssembly } from './stream-assembly.ts';

const post = async (url: string, target: string, body: object): Promise<object> => {
  const headers = { 'X-Amz-Target': target, 'Content-Type': 'application/x-amz-json-1.1' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as object;
};

describe.skipIf(!runtimeUnderTest.installed)('a stream of a served function', () => {
  it('is Kinesis: in order, redelivered from the checkpoint, and discarded batches go to the failure destination', async () => {
    await using server = await HoldingServer.listen();
    await using assembly = await streamAssembly('kinesis');
    await using stack = await ServedStack.start({ assembly: assembly.folder });
    const record = (...steps: object[]) => ({
      PartitionKey: 'key',
      Data: Buffer.from(JSON.stringify(steps)).toString('base64'),
    });
    const fetched = (path: string) => ({ fetch: server.url(`/pass/${path}`) });
    const answer = await post(stack.server.endpoint, 'Kinesis_20131202.PutRecords', {
      StreamName: 'promises-Source',
      Records: [record(fetched('first')), record(fetched('tried'), { fail: true }), record(fetched('last'))],
    });
    expect(answer).toMatchObject({
      FailedRecordCount: 0,
      Records: [{ ShardId: 'shardId-000000000000' }, {}, {}],
    });
    await server.untilArrived('/pass/last');
    // With the others, with the last, alone, and again.
    const tried = Array<string>(4).fill('/pass/tried');
    expect(server.arrived).toEqual(['/pass/first', ...tried, '/pass/last']);
    const letter = JSON.parse((await stack.deadLetter('promises'))?.Body ?? '') as object;
    expect(letter).toMatchObject({
      requestContext: {
        requestId: stack.invocations[3]?.result.requestId,
        functionArn: expect.stringMatching(
          /^arn:aws:lambda:[\w-]+:000000000000:function:promises$/,
        ) as string,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 2,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
      version: '1.0',
      KinesisBatchInfo: { batchSize: 1, shardId: 'shardId-000000000000' },
    });
  });

  it("is a DynamoDB table's", async () => {
    await using server = await HoldingServer.listen();
    await using assembly = await streamAssembly('dynamodb');
    await using stack = await ServedStack.start({ assembly: assembly.folder });
    const item = { id: { S: '1' }, body: { S: JSON.stringify({ fetch: server.url('/pass/item') }) } };
    const put = { TableName: 'promises-Source', Item: item };
    await expect(post(stack.server.endpoint, 'DynamoDB_20120810.PutItem', put)).resolves.toEqual({});
    await server.untilArrived('/pass/item');
    await expect(
      post(stack.server.endpoint, 'DynamoDB_20120810.PutItem', { TableName: 'other', Item: item }),
    ).resolves.toMatchObject({ message: 'Requested resource not found' });
  });

  it('is a topic of Kafka', async () => {
    await using server = await HoldingServer.listen();
    await using assembly = await streamAssembly('kafka');
    await using stack = await ServedStack.start({ assembly: assembly.folder });
    const records = [{ key: 'key', value: { fetch: server.url('/pass/produced') } }];
    const response = await fetch(`${stack.server.endpoint}/topics/orders`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/vnd.kafka.json.v2+json' },
      body: JSON.stringify({ records }),
    });
    await expect(response.json()).resolves.toMatchObject({ offsets: [{ partition: 0, offset: 0 }] });
    await server.untilArrived('/pass/produced');
  });

  it.each([
    ['kinesis', 'the stream promises-Source'],
    ['dynamodb', 'the table promises-Source'],
    ['kafka', 'the topic orders'],
  ] as const)('of %s takes what lab send sends', async (kind, place) => {
    await using server = await HoldingServer.listen();
    await using assembly = await streamAssembly(kind);
    await using stack = await ServedStack.start({ assembly: assembly.folder });
    const body = JSON.stringify({ fetch: server.url('/pass/sent') });
    const argv = ['send', 'promises', '--messages', '60', '--body', body];
    const { code, stdout, stderr } = await runLab(argv, '', {
      ...noAccount,
      AWS_ENDPOINT_URL: stack.server.endpoint,
    });
    expect({ code, stdout, stderr }).toMatchObject({
      code: 0,
      stdout: `60 of 60 messages sent to ${place}\n`,
    });
    await expect.poll(() => server.arrived.length, { timeout: 20_000 }).toBe(60);
  });
});
