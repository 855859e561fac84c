import type { LocalSqs } from '@parallel-lambda/event-sources/real-time';

import { NotServedError } from './not-served.ts';
import type { Service } from './reply.ts';

/** Topics of SNS that the local SQS serves. */
export const snsOperations = [
  'ConfirmSubscription',
  'CreateTopic',
  'DeleteTopic',
  'GetSubscriptionAttributes',
  'GetTopicAttributes',
  'ListSubscriptions',
  'ListSubscriptionsByTopic',
  'ListTagsForResource',
  'ListTopics',
  'Publish',
  'PublishBatch',
  'SetSubscriptionAttributes',
  'SetTopicAttributes',
  'Subscribe',
  'TagResource',
  'Unsubscribe',
  'UntagResource',
] as const;

/** Makes a service of operations of the query protocol that the local SQS answers. */
export function queryService(sqs: LocalSqs, operations: readonly string[]): Service {
  return async ({ method, url, headers, operation, body, response }) => {
    const { protocol, operation: name } = operation;
    if (protocol !== 'query' || !operations.includes(name)) throw new NotServedError(operation);
    await sqs.answer({ method, path: url.pathname, headers, body }, response);
  };
}
