import type { SQSClient } from '@aws-sdk/client-sqs';
import type { LocalSqs, SqsMapping } from '@parallel-lambda/event-sources/real-time';
import { LabError } from '@parallel-lambda/local-lambda';

import type { ServedFunction } from '../served-function.ts';
import { arnOf } from '../stack/names.ts';
import type { SubscriptionDefinition, TopicDefinition } from '../stack/topic-definition.ts';
import { callSns } from './call-sns.ts';
import { openSubscribedFunction } from './subscribed-function.ts';

/** The topics of stacks, and the queues and functions that receive their messages. */
export interface Topics {
  readonly topics: readonly TopicDefinition[];
  readonly subscriptions: readonly SubscriptionDefinition[];
}

/** Surroundings of topics. */
export interface TopicsContext {
  readonly sqs: Pick<LocalSqs, 'hide'>;
  readonly client: SQSClient;
  readonly endpoint: string;
  readonly functions: ReadonlyMap<string, ServedFunction>;
  readonly onError: (error: unknown) => void;
}

/**
 * Creates topics and subscriptions at an endpoint.
 *
 * @returns what invokes the functions that are subscribed
 * @throws {LabError} `failure`, if SNS refuses one: its filter policy may not be valid
 */
export async function openTopics(
  { topics, subscriptions }: Topics,
  { functions, sqs, ...context }: TopicsContext,
): Promise<readonly SqsMapping[]> {
  const call = async (logicalId: string, parameters: Readonly<Record<string, string>>): Promise<void> => {
    try {
      await callSns(context.endpoint, parameters);
    } catch (error) {
      const sentence = `${logicalId} cannot be served: ${(error as Error).message}. Correct it in the template.`;
      throw new LabError('failure', sentence, { cause: error });
    }
  };
  for (const { name, logicalId, attributes } of topics) {
    await call(logicalId, { Action: 'CreateTopic', Name: name, ...entries(attributes) });
  }
  const opened: SqsMapping[] = [];
  for (const [index, { logicalId, topicArn, protocol, endpoint, attributes }] of subscriptions.entries()) {
    const served = protocol === 'lambda' ? functions.get(endpoint) : undefined;
    const name = `sns-to-${endpoint.slice(0, 64)}-${index}`;
    if (served) {
      sqs.hide(name);
      opened.push(await openSubscribedFunction(name, { ...context, served }));
    }
    const target = { TopicArn: topicArn, Protocol: 'sqs', Endpoint: served ? arnOf('sqs', name) : endpoint };
    await call(logicalId, { Action: 'Subscribe', ...target, ...entries(attributes) });
  }
  return opened;
}

function entries(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const numbered = Object.entries(attributes).flatMap(([key, value], index): [string, string][] => [
    [`Attributes.entry.${index + 1}.key`, key],
    [`Attributes.entry.${index + 1}.value`, value],
  ]);
  return Object.fromEntries(numbered);
}
