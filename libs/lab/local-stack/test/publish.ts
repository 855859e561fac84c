import { expect } from 'vitest';

import type { ServedTemplate } from './served-template.ts';

export const topicArn = 'arn:aws:sns:us-east-1:000000000000:Orders';

/** Publishes to the topic `Orders`. @param kind an attribute of the message. @default none */
export async function publish({ server }: ServedTemplate, message: string, kind?: string): Promise<void> {
  const attributes = {
    'MessageAttributes.entry.1.Name': 'kind',
    'MessageAttributes.entry.1.Value.DataType': 'String',
    'MessageAttributes.entry.1.Value.StringValue': kind ?? '',
  };
  const parameters = { Action: 'Publish', Version: '2010-03-31', TopicArn: topicArn, Message: message };
  const answer = await fetch(server.endpoint, {
    method: 'POST',
    body: new URLSearchParams({ ...parameters, ...(kind !== undefined && attributes) }),
  });
  expect(answer.status).toBe(200);
}
