import { LabError, region } from '@parallel-lambda/local-lambda';

import type { SubscriptionDefinition, TopicDefinition } from '../stack/topic-definition.ts';

/** The topics of stacks, and the queues that receive their messages. */
export interface Topics {
  readonly topics: readonly TopicDefinition[];
  readonly subscriptions: readonly SubscriptionDefinition[];
}

/**
 * Creates topics and subscriptions at an endpoint.
 *
 * @throws {LabError} `failure`, if SNS refuses one: its filter policy may not be valid
 */
export async function openTopics(endpoint: string, { topics, subscriptions }: Topics): Promise<void> {
  for (const { name, logicalId, attributes } of topics) {
    await call(endpoint, logicalId, { Action: 'CreateTopic', Name: name, ...entries(attributes) });
  }
  for (const { logicalId, topicArn, queueArn, attributes } of subscriptions) {
    const target = { TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn };
    await call(endpoint, logicalId, { Action: 'Subscribe', ...target, ...entries(attributes) });
  }
}

/** Calls an operation of SNS, in its query protocol. */
async function call(
  endpoint: string,
  logicalId: string,
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const response = await fetch(endpoint, {
    method: 'POST',
    // The endpoint does not check the signature, but takes the region from it.
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region()}/sns/aws4_request` },
    body: new URLSearchParams({ ...parameters, Version: '2010-03-31' }),
  });
  if (response.ok) return;
  const message = /<Message>([^<]*)/.exec(await response.text())?.[1] ?? `status ${response.status}`;
  throw new LabError('failure', `${logicalId} cannot be served: ${message}. Correct it in the template.`);
}

function entries(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const numbered = Object.entries(attributes).flatMap(([key, value], index): [string, string][] => [
    [`Attributes.entry.${index + 1}.key`, key],
    [`Attributes.entry.${index + 1}.value`, value],
  ]);
  return Object.fromEntries(numbered);
}
