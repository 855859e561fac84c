import { describe, expect, it } from 'vitest';

import { sqsEvent } from '../src/sqs/sqs-event.ts';

describe('the event of a local invocation', () => {
  it('holds the number of messages with that body, each with a unique identifier', () => {
    const { Records } = sqsEvent(1000, { wait: 5 });
    expect(Records).toHaveLength(1000);
    expect(new Set(Records.map(({ messageId }) => messageId)).size).toBe(1000);
    expect(new Set(Records.map(({ body }) => body))).toEqual(new Set(['{"wait":5}']));
  });

  it.each([
    [null, 'null'],
    [[], '[]'],
    ['text', '"text"'],
    [0, '0'],
  ])('sends %j as JSON', (body, text) => {
    expect(sqsEvent(1, body).Records[0]?.body).toBe(text);
  });

  it('looks like an event of an SQS standard queue', () => {
    expect(sqsEvent(1, []).Records).toMatchInlineSnapshot(`
      [
        {
          "attributes": {
            "ApproximateFirstReceiveTimestamp": "1545082649185",
            "ApproximateReceiveCount": "1",
            "SenderId": "AIDAIENQZJOLO23YVJ4VO",
            "SentTimestamp": "1545082649183",
          },
          "awsRegion": "us-east-1",
          "body": "[]",
          "eventSource": "aws:sqs",
          "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:lab",
          "md5OfBody": "",
          "messageAttributes": {},
          "messageId": "00000000-0000-4000-8000-000000000000",
          "receiptHandle": "receipt-0",
        },
      ]
    `);
  });
});
