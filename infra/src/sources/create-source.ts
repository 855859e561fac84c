import type { Construct } from 'constructs';

import type { Settings, SourceName } from '../settings/settings.ts';
import { dynamodbSource } from './dynamodb-source.ts';
import { kafkaSource } from './kafka-source.ts';
import { kinesisSource } from './kinesis-source.ts';
import { queueSource } from './queue-source.ts';
import type { SourceResources } from './source.ts';

const sources: Readonly<Record<SourceName, (scope: Construct, settings: Settings) => SourceResources>> = {
  sqs: queueSource,
  fifo: queueSource,
  kinesis: kinesisSource,
  dynamodb: dynamodbSource,
  kafka: kafkaSource,
};

/** Creates the source that the settings name. */
export function createSource(scope: Construct, settings: Settings): SourceResources {
  return sources[settings.source](scope, settings);
}
