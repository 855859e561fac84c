import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

import { functionNameOf } from '../stack/mapped-source.ts';
import { queueUrl } from '../stack/referable.ts';
import { callSns } from '../topics/call-sns.ts';

/** A message for a destination. */
export interface DeliveredMessage {
  readonly body: string;
  /** Message attributes by name. @default none */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Group and deduplication id, where the destination is a FIFO queue. @default none */
  readonly fifo?: { readonly MessageGroupId: string; readonly MessageDeduplicationId: string };
}

/** Delivers a message to a queue, a topic or a function. A resource that is not served receives nothing. */
export type Deliver = (arn: string, message: DeliveredMessage) => Promise<void>;

/** Surroundings of the destinations of a served stack. */
export interface DeliveryContext {
  readonly client: SQSClient;
  readonly endpoint: string;
  readonly functions: ReadonlyMap<string, { readonly invokeLater: (event: unknown) => Promise<void> }>;
  /** ARNs of the queues and topics that are served. */
  readonly served: ReadonlySet<string>;
  readonly onError: (error: unknown) => void;
}

/** Makes what delivers messages to the destinations of a served stack. It never rejects. */
export function deliverTo({ client, endpoint, functions, served, onError }: DeliveryContext): Deliver {
  const deliver: Deliver = async (arn, { body, attributes = {}, fifo }) => {
    const [, , service, , , name = ''] = arn.split(':');
    if (service === 'lambda') {
      await functions.get(functionNameOf(arn) ?? '')?.invokeLater(JSON.parse(body));
    } else if (!served.has(arn)) {
      return;
    } else if (service === 'sqs') {
      const entries = Object.entries(attributes).map(
        ([key, value]) => [key, { DataType: 'String', StringValue: value }] as const,
      );
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl(endpoint, name),
          MessageBody: body,
          MessageAttributes: Object.fromEntries(entries),
          ...(name.endsWith('.fifo') && fifo),
        }),
      );
    } else if (service === 'sns') {
      await callSns(endpoint, { Action: 'Publish', TopicArn: arn, Message: body, ...numbered(attributes) });
    }
  };
  return (arn, message) => deliver(arn, message).catch(onError);
}

/** Message attributes in the query protocol. */
function numbered(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const members = Object.entries(attributes).flatMap(([name, value], index): [string, string][] => {
    const member = `MessageAttributes.entry.${index + 1}`;
    return [
      [`${member}.Name`, name],
      [`${member}.Value.DataType`, 'String'],
      [`${member}.Value.StringValue`, value],
    ];
  });
  return Object.fromEntries(members);
}
