import type { Construct } from 'constructs';

import type { SourceName } from '../settings/settings.ts';
import type { DeployedSource, SourceProps } from './source.ts';
import { dynamodbSource } from './dynamodb-source.ts';
import { kafkaSource } from './kafka-source.ts';
import { kinesisSource } from './kinesis-source.ts';
import { queueSource } from './queue-source.ts';

const makers: Readonly<Record<SourceName, (scope: Construct, props: SourceProps) => DeployedSource>> = {
  sqs: queueSource,
  fifo: queueSource,
  kinesis: kinesisSource,
  dynamodb: dynamodbSource,
  kafka: kafkaSource,
};

/**
 * Puts the source that the settings ask for in front of a function.
 *
 * @param scope of the resources: one technique's construct
 */
export function addSource(scope: Construct, props: SourceProps): DeployedSource {
  return makers[props.settings.source](scope, props);
}
