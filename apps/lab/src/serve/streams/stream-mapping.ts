import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetter } from '@parallel-lambda/event-source';
import {
  StateMachineMapping,
  type StateMachineMappingOptions,
} from '@parallel-lambda/event-source/real-time';
import { queueUrl, type MappingDefinition } from '@parallel-lambda/local-lambda';

import type { MappedInvoker } from '../mapping/mapped-invoker.ts';
import type { Fed } from './stream-sources.ts';

/** Where a mapping's dead letters go, and what it invokes. */
export interface StreamMappingContext {
  readonly client: SQSClient;
  readonly endpoint: string;
  readonly invoker: MappedInvoker;
}

/** Gives what is put into a source to a function; what is given up goes to the mapping's on-failure queue. */
export function streamMapping(
  definition: MappingDefinition,
  fed: Fed,
  { client, endpoint, invoker }: StreamMappingContext,
): StateMachineMapping {
  const { onFailure } = definition;
  const options: StateMachineMappingOptions = {
    source: fed.source,
    ...invoker,
    onDeadLetters(letters) {
      const name = onFailure?.split(':')[5];
      if (name === undefined) return;
      for (const batch of givenUpTogether(letters)) {
        const MessageBody = JSON.stringify(failureRecord(definition, batch));
        const QueueUrl = queueUrl(endpoint, name);
        const fifo = name.endsWith('.fifo') && {
          MessageGroupId: definition.logicalId,
          MessageDeduplicationId: batch[0]?.messageId,
        };
        client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...fifo })).catch(invoker.onError);
      }
    },
  };
  const mapping = new StateMachineMapping(options);
  fed.wake = () => {
    mapping.wake();
  };
  return mapping;
}

/** A batch is given up at once and for one reason. */
function givenUpTogether(letters: readonly DeadLetter[]): readonly (readonly DeadLetter[])[] {
  return [...Map.groupBy(letters, ({ reason, atMs }) => `${reason} ${atMs}`).values()];
}

const infoNames = {
  kinesis: 'KinesisBatchInfo',
  dynamodb: 'DDBStreamBatchInfo',
  kafka: 'KafkaBatchInfo',
  sqs: '',
};

/**
 * What Lambda sends to an on-failure queue: where the records were, not the records.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
function failureRecord(definition: MappingDefinition, letters: readonly DeadLetter[]): object {
  const { functionName, source, sourceArn } = definition;
  const [first] = letters;
  return {
    requestContext: {
      functionArn: functionName,
      condition: first?.reason === 'age' ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted',
    },
    version: '1.0',
    timestamp: new Date(first?.atMs ?? 0).toISOString(),
    [infoNames[source]]: {
      startSequenceNumber: first?.messageId,
      endSequenceNumber: letters.at(-1)?.messageId,
      batchSize: letters.length,
      streamArn: sourceArn,
    },
  };
}
